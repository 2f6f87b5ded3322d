#!/usr/bin/env bash
# Runs the conformance tests; installs PostgreSQL and PgBouncer where they are
# missing and Debian's packages can be had, and makes systems of Debian's newer
# suites for the newer releases of them, and for Odyssey and pgagroal. POOLVET_ROOTS names a
# folder where these are kept from run to run.
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

if [ -z "${POOLVET_ROOTS:-}" ]; then
	POOLVET_ROOTS=$(mktemp -d)
	trap 'rm -rf "$POOLVET_ROOTS"' EXIT
fi
export POOLVET_ROOTS
if [ "$(id -u)" != 0 ]; then
	echo "conformance: NOT PROVED HERE: newer PostgreSQL, PgBouncer, Odyssey and pgagroal run in systems of their own, which only root can make"
else
	mkdir -p "$POOLVET_ROOTS"
	chmod 755 "$POOLVET_ROOTS"
	suite trixie pgbouncer,postgresql-17 &
	trixie=$!
	suite sid pgbouncer,odyssey,pgagroal,postgresql-18 ||
		echo "conformance: NOT PROVED TODAY: Debian's sid cannot be had; PgBouncer 1.26, Odyssey, pgagroal and PostgreSQL 18 stand as docs/evidence.md has them, with the day of it"
	if ! wait $trixie; then
		echo "conformance: Debian's trixie cannot be had, which PgBouncer 1.24 is proved on"
		[ "${CI:-}" != true ] || exit 1
	fi
fi
go test -timeout 30m ./... "$@"
