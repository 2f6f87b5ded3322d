-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION total() RETURNS bigint LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    PERFORM set_config('app.total', 'yes', false);
    RETURN (SELECT sum(total) FROM orders);
END $$;
-- +goose StatementEnd

-- +goose Down
DROP FUNCTION total();
