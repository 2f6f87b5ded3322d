#!/usr/bin/env bash
# Runs the conformance tests; installs PostgreSQL and PgBouncer where they are
# missing and Debian's packages can be had.
set -eu
cd "$(dirname "$0")"

missing=()
ls /usr/lib/postgresql/*/lib/dblink.so >/dev/null 2>&1 || missing+=(postgresql postgresql-contrib)
[ -x /usr/sbin/pgbouncer ] || missing+=(pgbouncer)
if [ ${#missing[@]} -gt 0 ]; then
	sudo=
	[ "$(id -u)" = 0 ] || sudo="sudo -n"
	echo "conformance: installing ${missing[*]}"
	{ $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "${missing[@]}"; } ||
		echo "conformance: ${missing[*]} cannot be installed here"
fi
exec go test -timeout 20m ./... "$@"
