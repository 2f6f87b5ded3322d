CREATE FUNCTION lock_job(id bigint) RETURNS boolean LANGUAGE sql AS 'SELECT pg_try_advisory_lock(id)';

CREATE FUNCTION lock_job_in_transaction(id bigint) RETURNS boolean LANGUAGE sql
BEGIN ATOMIC
	SELECT pg_try_advisory_xact_lock(id);
END;

-- Locks, and unlocks.
CREATE FUNCTION guarded(id bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM pg_advisory_lock(id);
	DELETE FROM job WHERE job.id = guarded.id;
	PERFORM pg_advisory_unlock(id);
END $$;
