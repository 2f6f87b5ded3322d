-- Rows to merge.
CREATE TABLE IF NOT EXISTS orders (id bigint PRIMARY KEY);

CREATE TEMP TABLE staging (LIKE orders INCLUDING ALL); -- want `TABLE staging.*\(temp-object\)`
