CREATE OR REPLACE FUNCTION app.set_tenant(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.tenant', t, false);
END $$;
