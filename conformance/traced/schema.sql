CREATE TABLE orders (id serial PRIMARY KEY, tenant text NOT NULL, total numeric NOT NULL);

CREATE FUNCTION enter_tenant(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.tenant', t, false);
END
$$;
