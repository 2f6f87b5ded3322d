CREATE PROCEDURE build_report() LANGUAGE plpgsql AS $$
BEGIN
	CREATE TEMP TABLE totals AS SELECT tenant, sum(total) FROM orders GROUP BY tenant;
END $$;

CREATE PROCEDURE build_report_cleanly() LANGUAGE plpgsql AS $$
BEGIN
	CREATE TEMP TABLE totals AS SELECT tenant, sum(total) FROM orders GROUP BY tenant;
	DROP TABLE totals;
END $$;

-- What a SET clause sets ends with the call.
CREATE FUNCTION quiet() RETURNS void LANGUAGE sql SET client_min_messages = error AS 'SELECT 1';
