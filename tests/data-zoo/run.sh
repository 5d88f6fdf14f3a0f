#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: run.sh [--update] [NAME...]
#
# Files as people have them: NAME.sh is what one would type, in a folder with
# links to NAME.*, and more in $ZOO; what it must print is as tests/cli/run.sh
# says.
set -u
cd "$(dirname "$0")" || exit 1
export ZOO=$PWD
update=()
[ "${1:-}" != --update ] || { update=(--update); shift; }
[ $# -gt 0 ] || set -- .
exec bash ../cli/run.sh --in "$ZOO" "${update[@]}" "$@"
