<?php
// Statements that PDO prepares and lets go.
$db = new PDO('pgsql:', options: [PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION]);
foreach ([1, 2] as $n) {
    $s = $db->prepare('SELECT ?::int');
    $s->execute([$n]);
    print_r($s->fetchAll());
    $s = null;
}
