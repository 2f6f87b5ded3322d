SET lock_timeout = '5s';
CREATE TABLE users (id bigint PRIMARY KEY);
RESET ALL;
