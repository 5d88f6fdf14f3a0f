#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
awk 'BEGIN{srand(1); for(j=0;j<60;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<50;i++){for(j=0;j<60;j++) printf "%s%.6f", (j?",":""), rand(); print ""}}' >d.csv
regsweep run -y '*' -x '*' d.csv | head -n 1
echo "${PIPESTATUS[0]}"
(trap '' PIPE; regsweep run -q -y '*' -x '*' d.csv; echo "$?" >&2) | head -n 1
