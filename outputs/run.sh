#!/usr/bin/env bash
# Runs the tests of what poolvet writes; installs Chromium and npm where they are
# missing, and axe-core, which judges the page.
set -eu
cd "$(dirname "$0")"

# install COMMAND PACKAGE…: install packages unless a command is there.
install() {
	local command=$1 sudo=
	shift
	if command -v "$command" >/dev/null; then
		return
	fi
	[ "$(id -u)" = 0 ] || sudo="sudo -n"
	echo "outputs: installing $*"
	$sudo apt-get update -q
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"
}

install chromium chromium fonts-dejavu-core
install npm npm
npm ci --ignore-scripts --no-audit --no-fund
exec go test -timeout 20m ./... "$@"
