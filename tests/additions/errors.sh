# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A kind of standard error, and its way of the tile engine: HC4m. Of these six
# cars vcovHC() of R's sandwich gives the slope of wt the
# errors 0.859462979814594, and with hp beside it 3.16952590213861. Then
# 171 pairs by both engines, whose differences are small, and none if the exact
# engine made both.
change() {
    add tests/additions/errors_hc4m.c core/model/errors_hc4m.c
    add tests/additions/way_hc4m.c core/tile/way_hc4m.c
    row core/model/errors.c 'extern const struct rs_errors_kind rs_errors_hc0;' 'extern const struct rs_errors_kind rs_errors_hc4m;'
    row core/model/errors.c '&rs_errors_hac,' '    &rs_errors_hc4m,'
    row core/tile/tile_ways.c 'extern const struct rs_tile_way rs_tile_way_hc3' 'extern const struct rs_tile_way rs_tile_way_hc4m;'
    row core/tile/tile_ways.c '&rs_tile_way_hc3,' '    &rs_tile_way_hc4m,'
}
try() {
    printf 'mpg,wt,hp\n21,2.62,110\n21,2.875,110\n22.8,2.32,93\n21.4,3.215,110\n18.7,3.44,175\n18.1,3.46,105\n' >d.csv
    for engine in exact auto; do
        regsweep run -q d.csv -y mpg -x wt --se hc4m --columns se --digits 11 --engine $engine
        regsweep run -q d.csv -y mpg -x wt -c hp --se hc4m --columns se --digits 11 --engine $engine
    done
    awk 'BEGIN {
        for (i = 0; i <= 300; i++)
            for (j = 0; j < 20; j++)
                printf "%s%s", i == 0 ? "v" j : rand(), j == 19 ? "\n" : ","
    }' >many.csv
    regsweep run many.csv -y 'v*' -x 'v*' --pairs unique -c v0 --se hc4m --verify 200 -o fits.csv 2>&1 |
        sed -nE 's/.*verify: ([0-9]+) pairs.* difference ([^ ]+) .*, of p ([^ ]+)$/\1 \2 \3/p' |
        awk '{print $1, ($2 > 0 && $2 < 1e-10), ($3 > 0 && $3 < 1e-10)}'
    regsweep run -q d.csv -y mpg -x wt --se hc33
}
