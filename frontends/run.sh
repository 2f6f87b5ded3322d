#!/usr/bin/env bash
# Runs poolvet in the real front ends; installs pre-commit where it is missing
# and Debian's packages can be had.
set -u
cd "$(dirname "$0")" || exit 1

if ! command -v pre-commit >/dev/null; then
	sudo=
	[ "$(id -u)" = 0 ] || sudo="sudo -n"
	echo "frontends: installing pre-commit"
	{ $sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends pre-commit; } >/dev/null 2>&1 ||
		echo "frontends: pre-commit cannot be installed here"
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if go vet ./... && go test -v -timeout 15m ./... "$@" >"$log" 2>&1; then
	grep -E '^ *--- |^ok|_test\.go:' "$log"
else
	cat "$log"
	exit 1
fi
