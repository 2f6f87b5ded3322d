CREATE TABLE shop.reports (
    tenant  text NOT NULL,
    total   bigint NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);

-- A function's own SET clause ends with the call.
CREATE FUNCTION shop.last_total(text) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path = shop
    AS $$ SELECT total FROM reports WHERE tenant = $1 ORDER BY created DESC LIMIT 1 $$;
