#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --dry-run says what the tile engine makes of the columns: more for ranks and
# robust errors, which it has further columns of, and nothing where the exact
# engine fits.
awk 'BEGIN {
    srand(3)
    for (j = 1; j <= 64; j++) printf "c%d%s", j, j < 64 ? "," : "\n"
    for (i = 0; i < 2000; i++)
        for (j = 1; j <= 64; j++) printf "%.3f%s", rand(), j < 64 ? "," : "\n"
}' >d.csv
bytes() { # of columns; the smaller ones of the table are KiB
    regsweep run -q -n -y 'c1*' -x 'c2*' d.csv "$@" |
        sed -n 's/^memory.* data, \(.*\) columns.*/\1/p' |
        awk '{print $1 * ($2 == "MiB" ? 1024 : 1)}'
}
plain=$(bytes)
for more in '-m spearman' '--se hc3' '--engine exact'; do
    # shellcheck disable=SC2086  # words
    awk -v a="$(bytes $more)" -v b="$plain" -v of="$more" \
        'BEGIN {print of, (a == "" ? "none" : a > b + 0 ? "more" : "less")}'
done
