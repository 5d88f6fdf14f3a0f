#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# With matched pairs each family of y or of x has one test.
for family in y x; do
    regsweep run "$EXAMPLES/elements.csv" -q --pairs matched -y density,melting_k,radius_pm -x weight,boiling_k,period \
        --adjust bonferroni,holm,hochberg,bh,by,storey --family $family --columns p,p_bonferroni,p_holm,p_hochberg,p_bh,p_by,q |
        awk -F, -v f=$family 'NR > 1 { same = $1 != ""; for (i = 2; i <= NF; i++) same = same && ($i - $1) ^ 2 <= 1e-26 * $1 ^ 2; print f, same }'
done
printf 'a,b,k\n1,2,5\n2,5,5\n3,5,5\n4,9,5\n' >t.csv
regsweep run t.csv -y b -x a,k --m-eff --adjust bh --columns y,x,n,status 2>&1 --summary | grep -E 'adjust:|m-eff'
regsweep run t.csv -q -y b -x k --m-eff --columns n 2>&1
