# Statements that DBD::Pg prepares and lets go.
use strict;
use warnings;
use DBI;

my $db = DBI->connect('dbi:Pg:', '', '', { RaiseError => 1, AutoCommit => 1, pg_server_prepare => 1, pg_switch_prepared => 1 });
for my $n (1, 2) {
    my $s = $db->prepare('SELECT ?::int');
    $s->execute($n);
    print $s->fetchrow_array, "\n";
    undef $s;
}
$db->begin_work;
$db->do('SELECT 1');
$db->pg_savepoint('s');
$db->commit;
$db->disconnect;
