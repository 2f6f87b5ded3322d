#!/usr/bin/env bash
# Runs the tests of what poolvet writes; installs Chromium where it is missing.
set -eu
cd "$(dirname "$0")"

if ! command -v chromium >/dev/null; then
	sudo=
	[ "$(id -u)" = 0 ] || sudo="sudo -n"
	echo "outputs: installing chromium"
	$sudo apt-get update -q
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends chromium fonts-dejavu-core
fi
exec go test -timeout 10m ./... "$@"
