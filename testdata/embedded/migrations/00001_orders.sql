-- +goose Up
SET lock_timeout = '5s'; -- want `SET lock_timeout.*\(set-parameter\)`
CREATE TABLE orders (id bigserial PRIMARY KEY, total bigint);
SELECT setval('orders_id_seq', 1000); -- want `setval.*\(sequence-state\)`

-- +goose Down
DROP TABLE orders;
