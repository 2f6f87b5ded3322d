SET check_function_bodies = off;

CREATE TABLE reports (tenant text, total numeric);
