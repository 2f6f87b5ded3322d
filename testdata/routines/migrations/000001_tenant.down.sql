DROP FUNCTION app.enter;
DROP FUNCTION app.set_tenant;
