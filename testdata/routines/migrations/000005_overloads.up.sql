CREATE FUNCTION touch(id bigint) RETURNS void LANGUAGE sql AS 'SELECT set_config(''app.touched'', ''1'', false)';
CREATE FUNCTION touch(id bigint, at timestamptz) RETURNS void LANGUAGE sql AS 'SELECT 1';

-- The same name in two schemas: which one is called is search_path's to say.
CREATE FUNCTION app.audit(t text) RETURNS void LANGUAGE sql AS 'SELECT set_config(''app.audit'', t, false)';
CREATE FUNCTION public.audit(t text) RETURNS void LANGUAGE sql AS 'SELECT 1';

CREATE FUNCTION gone() RETURNS void LANGUAGE sql AS 'SELECT set_config(''app.gone'', ''1'', false)';
DROP FUNCTION gone();
