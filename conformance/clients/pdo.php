<?php
// Statements that PDO prepares and lets go, a cursor to scroll in, and the last row's number.
$db = new PDO('pgsql:', options: [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
foreach ([1, 2] as $n) {
    $s = $db->prepare('SELECT ?::int');
    $s->execute([$n]);
    print_r($s->fetchAll());
    $s = null;
}
$s = $db->prepare('SELECT generate_series(1, 3)', [PDO::ATTR_CURSOR => PDO::CURSOR_SCROLL]);
$s->execute();
print_r($s->fetch(PDO::FETCH_NUM, PDO::FETCH_ORI_LAST));
$s = null;
$db->exec('CREATE TABLE numbered (id serial, name text)');
$db->exec("INSERT INTO numbered (name) VALUES ('a')");
print $db->lastInsertId() . $db->lastInsertId('numbered_id_seq') . "\n";
