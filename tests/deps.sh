#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: deps.sh PACKAGE... - installs the Debian packages that are missing.
set -eu

missing=
for package in "$@"; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
    *' installed') ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

root=
[ "$(id -u)" -eq 0 ] || root=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086  # a list of words
{
    echo "+ $root apt-get update"
    $root apt-get -q update >/dev/null
    echo "+ $root apt-get install -y --no-install-recommends$missing"
    $root apt-get install -q -y --no-install-recommends $missing >/dev/null
}
