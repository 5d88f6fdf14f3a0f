#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# 20 tests, of which a database gets the pairs that are left at a false discovery
# rate of 5 %: --q-max goes by the last method of --adjust. --summary shows what
# all 20 look like; then SQL, which pairs Bonferroni alone would have lost.
cd "$(dirname "$0")" || exit 1
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
regsweep run elements.csv -y '*_k,density,radius_pm' -c block \
    --adjust bonferroni,bh --q-max 0.05 --summary -o "$folder/hits.db"
sqlite3 -header -csv "$folder/hits.db" "
    SELECT y, x, n, printf('%.3g', p) AS p,
           printf('%.3g', p_bonferroni) AS p_bonferroni,
           printf('%.3g', p_bh) AS p_bh
    FROM fits WHERE fits.p_bonferroni > 0.05 ORDER BY fits.p" | tr -d '\r'
sqlite3 -header -csv "$folder/hits.db" \
    'SELECT pairs, rows_written, complete FROM runs' | tr -d '\r'
