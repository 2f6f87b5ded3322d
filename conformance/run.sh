#!/usr/bin/env bash
# Runs the conformance tests; installs PostgreSQL and PgBouncer where they are
# missing and Debian's packages can be had, and makes systems of Debian's newer
# suites for the newer releases of them, for Odyssey and pgagroal, and for clients of
# other languages. POOLVET_ROOTS names a folder where these are kept from run to run;
# with -systems they are made, and nothing is tested.
set -eu
cd "$(dirname "$0")"

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"

install() {
	echo "conformance: installing $*"
	{ $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"; } ||
		echo "conformance: $* cannot be installed here"
}

missing=()
ls /usr/lib/postgresql/*/lib/dblink.so >/dev/null 2>&1 || missing+=(postgresql postgresql-contrib)
[ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
for client in php-pgsql libdbd-pg-perl python3-psycopg; do
	dpkg-query -W -f '${db:Status-Status}' $client 2>/dev/null | grep -qx installed || missing+=($client)
done
[ -x /usr/bin/php ] || missing+=(php-cli)
command -v debootstrap >/dev/null || [ -x /usr/sbin/debootstrap ] || missing+=(debootstrap)
[ ${#missing[@]} -eq 0 ] || install "${missing[@]}"

# suite NAME PACKAGES: a system of a suite, made once. What is half made is
# thrown away.
suite() {
	[ ! -e "$POOLVET_ROOTS/$1/etc/debian_version" ] || return 0
	rm -rf "$POOLVET_ROOTS/$1.new"
	PATH=$PATH:/usr/sbin:/sbin debootstrap --variant=minbase "--include=$2" "$1" "$POOLVET_ROOTS/$1.new" >"$POOLVET_ROOTS/$1.log" 2>&1 &&
		mv "$POOLVET_ROOTS/$1.new" "$POOLVET_ROOTS/$1" || { tail -n 3 "$POOLVET_ROOTS/$1.log"; return 1; }
}

# clients of other languages, whose logs trace is held to. They come by apt, which
# debootstrap is no match for, and Java's scripts want /proc.
clients() {
	local root=$POOLVET_ROOTS/sid
	[ ! -e "$root/etc/poolvet-clients" ] || return 0
	unshare --mount sh -ec '
		mount -t proc proc "$0/proc"
		exec chroot "$0" env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends -o Dpkg::Options::=--force-unsafe-io "$@"
	' "$root" python3-asyncpg python3-psycopg2 python3-psycopg python3-sqlalchemy python3-pg8000 python3-django \
		libpostgresql-jdbc-java default-jdk-headless nodejs node-pg ruby-activerecord ruby-pg php-cli php-pgsql libdbd-pg-perl \
		>"$root.clients.log" 2>&1 && touch "$root/etc/poolvet-clients" || { tail -n 3 "$root.clients.log"; return 1; }
}

if [ -z "${POOLVET_ROOTS:-}" ]; then
	POOLVET_ROOTS=$(mktemp -d)
	trap 'rm -rf "$POOLVET_ROOTS"' EXIT
fi
export POOLVET_ROOTS
if [ "$(id -u)" != 0 ]; then
	echo "conformance: NOT PROVED HERE: newer PostgreSQL, PgBouncer, Odyssey, pgagroal and clients of other languages run in systems of their own, which only root can make"
else
	mkdir -p "$POOLVET_ROOTS"
	chmod 755 "$POOLVET_ROOTS"
	suite trixie pgbouncer,postgresql-17 &
	trixie=$!
	if ! suite sid pgbouncer,odyssey,pgagroal,postgresql-18; then
		echo "conformance: NOT PROVED TODAY: Debian's sid cannot be had; PgBouncer 1.26, Odyssey, pgagroal, PostgreSQL 18 and clients of other languages stand as docs/evidence.md has them, with the day of it"
	elif ! clients; then
		echo "conformance: NOT PROVED TODAY: clients of other languages cannot be had; what trace says of them stands as docs/evidence.md has it, with the day of it"
	fi
	if ! wait $trixie; then
		echo "conformance: Debian's trixie cannot be had, which PgBouncer 1.24 is proved on"
		[ "${CI:-}" != true ] || exit 1
	fi
fi
[ "${1:-}" != -systems ] || exit 0
go test -timeout 30m ./... "$@"
