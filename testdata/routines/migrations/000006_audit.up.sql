-- Who changed a row is kept for the triggers of other tables.
CREATE FUNCTION note_actor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config('app.actor', new.actor, false);
	RETURN new;
END $$;

CREATE TABLE document (id bigint, actor text, body text, region text);
CREATE TRIGGER document_actor BEFORE INSERT OR UPDATE OF actor ON document
	FOR EACH ROW EXECUTE FUNCTION note_actor();

-- Which of a setting and what for is the caller's to say.
CREATE FUNCTION app.put(name text, value text, for_transaction boolean DEFAULT true) RETURNS void LANGUAGE sql AS $$
	SELECT set_config(name, value, for_transaction)
$$;

CREATE FUNCTION app.in_region(region text) RETURNS text LANGUAGE sql AS $$
	SELECT app.put('app.region', region, false); SELECT region
$$;
CREATE VIEW nearby AS SELECT d.* FROM document d WHERE d.region = app.in_region('eu');

CREATE TABLE visit (id bigint, region text DEFAULT app.in_region('eu'));
