SET work_mem = '8MB';
SET search_path TO public;
\dt
