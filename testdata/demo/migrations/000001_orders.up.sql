-- Building the index may take long.
SET statement_timeout = 0;

CREATE SCHEMA IF NOT EXISTS shop;
CREATE SEQUENCE shop.order_numbers;

CREATE TABLE shop.orders (
    id      bigint PRIMARY KEY DEFAULT nextval('shop.order_numbers'),
    tenant  text NOT NULL,
    total   bigint NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX orders_by_tenant ON shop.orders (tenant, created);

ALTER TABLE shop.orders ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON shop.orders USING (tenant = current_setting('app.tenant'));
