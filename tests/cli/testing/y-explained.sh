#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A y that the covariates explain is no test, whatever x: it is not kept, in no
# family, not counted among the tests. And what comes first when several
# things are wrong, by either engine.
awk 'BEGIN {
    print "y,flat,plain,u,v,half,none,twice,c,g"
    for (i = 1; i <= 16; i++)
        printf "%.17g,7,%.17g,%.17g,%.17g,%s,3,%.17g,%.17g,%d\n", 0.3 * i + 0.1, sin(i * i) + i / 9, cos(3 * i),
            cos(i * i), i % 4 ? i % 7 : "", 2 * cos(3 * i) + sin(i * i) + i / 9, i, i % 2
}' >d.csv
for engine in auto exact; do
    echo "-- $engine"
    regsweep run --engine $engine d.csv -y y,flat,plain,twice -x u,half,none,g -c 'c,plain' --columns y,x,n,df,beta,p,r2,status --digits 6 2>err
    grep -e status: -e tests: -e left err
    regsweep run -q --engine $engine d.csv -y y,flat,plain -x u,half,none,g -c c -c g --columns y,x,n,df,stat,status --digits 6
    echo "-- $engine: few rows, gaps in y"
    head -n 4 d.csv >few.csv
    regsweep run -q --engine $engine few.csv -y y,flat -x u,none -c c,g --columns y,x,n,status
    regsweep run -q --engine $engine d.csv -y half,none -x none,u -c c --columns y,x,n,status
    echo "-- $engine: what is kept"
    for keep in '--p-max 0.9999' '--r2-min 0.001' '--top 50' '--top-per-x 2' '--q-max 0.9999'; do
        # shellcheck disable=SC2086  # several words
        regsweep run -q --engine $engine d.csv -y y,plain -x u,v -c c $keep --columns y,x,status | sed "s/^/$keep: /"
    done
    regsweep run -q --engine $engine d.csv -y y,plain -x u,v -c c --adjust bonferroni,holm,bh,storey --columns y,x,p_bonferroni,p_holm,p_bh,q,status --digits 4
    regsweep run -q --engine $engine d.csv -y y,plain -x u,v -c c --adjust bh --family y --columns y,x,p_bh,status --digits 4
    regsweep run -q --engine $engine d.csv -y y,plain -x u -c c --permute 19 --columns y,x,p_perm,status
    regsweep run -q --engine $engine d.csv -y y -x u -c c --bootstrap 50 --columns y,boot_low,boot_high,status
    regsweep run -q --engine $engine d.csv -y y,plain -x u -c c --rows terms --columns y,term,n,beta,p,status --digits 4
    regsweep run -q --engine $engine d.csv -y y,plain -x u,v -c c --columns beta -o $engine.npy
    python3 -c 'import struct, sys; print(*("%.6g" % v for v in struct.unpack("<4d", sys.stdin.buffer.read()[128:160])))' <$engine.npy
    regsweep run --engine $engine d.csv -y y,plain -x u,v -c c --summary -o /dev/null 2>&1 | grep -A 5 -e '  pairs'
done
