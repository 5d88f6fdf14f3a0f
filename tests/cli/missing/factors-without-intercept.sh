#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two factors, no intercept, a hole in another column: r2 is about 0, of pairs
# without holes too.
awk 'BEGIN {
    srand(5)
    print "y0,y1,x0,f0,f1"
    for (i = 0; i < 60; i++)
        printf "%d,%s,%d,%d,%d\n", 3 + 9 * rand(), i == 5 ? "" : int(9 * rand()), 5 * rand(), i % 3, i % 23
}' >t.csv
for engine in auto exact; do
    regsweep run -q t.csv -x x0 -y y0,y1 -c f0,f1 --factor f0,f1 --no-intercept \
        --engine $engine --columns y,n,beta,r2 --digits 9
done
