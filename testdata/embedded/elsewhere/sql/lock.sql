SELECT pg_advisory_lock(7); -- want `pg_advisory_lock.*\(session-lock\)`
