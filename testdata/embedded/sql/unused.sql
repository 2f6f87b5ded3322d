SET search_path TO nobody_runs_this;
