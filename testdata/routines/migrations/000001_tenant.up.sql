CREATE SCHEMA app;

-- Row-level security reads app.tenant.
CREATE FUNCTION app.set_tenant(t text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.tenant', t, true);
END $$;

CREATE FUNCTION app.enter(t text, note text DEFAULT '') RETURNS void LANGUAGE sql AS $$
	SELECT app.set_tenant(t);
$$;
