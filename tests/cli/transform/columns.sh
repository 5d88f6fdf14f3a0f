#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Transforms of y, x and covariates, by name, pattern and file, one after the
# other; results tell what was done, whichever engine has fitted.
cat >d.csv <<'.'
y,gene_a,gene_b,t,age
1.5,1,2,q,30
2,10,-3,r,41
4.25,100,5,q,55
3,1000,0,q,
5,7,1,r,38
7,9,4,q,62
6.5,3,8,r,47
.
echo gene_b >list
run() {
    for engine in auto exact; do
        regsweep run -q --engine "$engine" --columns y,x,n,beta,p --digits 10 "$@" d.csv
    done
}
echo "== none"; run -y y -x 'gene_*'
echo "== x"; run -y y -x 'gene_*' --transform 'log(gene_*)'
echo "== y and a covariate"; run -y y -x gene_a -c age,t --transform 'center(age)' --transform 'log(y)'
echo "== in order"; run -y y -x gene_a --transform 'log(gene_a)' --transform 'center(*)'
echo "== a file"; run -y y -x 'gene_*' --transform 'log(@list)'
echo "== a covariate's term"; run -y y -x gene_a -c age --transform 'center(age)' --rows terms --columns y,x,term,beta
echo "== as R's lm(scale(y) ~ scale(gene_a) + scale(age))"
for engine in auto exact; do
    regsweep run -q --engine "$engine" -y y -x gene_a -c age --transform 'zscore(y,gene_a,age)' \
        --columns y,x,n,intercept,beta,se,stat,p --digits 10 d.csv
done
echo "== not its own pair"; run -y 'gene_*' --pairs unique --transform 'log(gene_*)'
echo "== mean fills afterwards"; run -y y -x gene_b --missing mean --transform 'log(gene_b)'
echo "== listwise counts what has no value"
regsweep run -y y -x 'gene_*' --missing listwise --transform 'log(gene_*)' --columns y,x,n d.csv
