#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# INT and TERM at random moments of a run into PostgreSQL: see ../fault/stops.py.
# shellcheck disable=SC2154  # lib.sh has them
. "$(dirname "$0")/lib.sh"
have_server && new_cluster && start_server || exit 1
URL=$url python3 "$here/../fault/stops.py" postgres postgres.terms
left=$(sql "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'regsweep'")
verdict "$left sessions are left" $((left == 0))
finish
