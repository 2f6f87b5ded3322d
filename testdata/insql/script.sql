LISTEN a; -- // want `LISTEN a: .*\(listen\)`

-- poolvet:ignore set-role -- every client is this role
SET ROLE b;

-- poolvet:direct -- nothing to bypass // want `-- poolvet:direct: direct changes nothing here: remove it \(directive\)`
SELECT 1;
