-- run by the package embedded
SET work_mem = '1GB'; -- want `SET work_mem.*\(set-parameter\)`
