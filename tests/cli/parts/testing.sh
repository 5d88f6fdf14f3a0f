#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Corrections, the best pairs, permutations and pooled rows of groups and sets.
awk 'BEGIN{srand(7); print "g,z,y1,y2,x1,x2,x3,c"; for(i=0;i<60;i++){printf "%s,%.4f", substr("abc", i%3+1, 1), rand(); for(j=0;j<5;j++) printf ",%.4f", rand()+(i%3==1&&j%2==0?i/40:0); print "," substr("pqr", int(3*rand())+1, 1)}}' >d.csv
run() {
    regsweep run -q -y 'y*' -x 'x*' d.csv -g g --digits 5 "$@"
}
run --adjust bh,holm --family group,y --columns y,x,p,p_bh,p_holm
run -c z --q-max 0.2 --columns y,x,p,p_bh
run --top 3 --permute 49 --columns y,x,p,p_perm
run --top-per-x 1 --model-set 'one: z' --model-set 'two: z,x3' --family set --adjust bh --columns y,x,p,p_bh
run --pool-groups random --adjust bh --columns y,x,n,beta,se,p,k,tau2,Q,Q_p,I2,p_bh | grep -e y,x -e pooled
run -y y1 -x x1 --pool-groups fixed
# categories and numbers in one family of permutations
run -y y1 -x c,x1 --permute 99 --columns y,x,df1,p,p_perm
run -y y1 -x x1,x2 --summary --top 2 2>&1 >/dev/null | sed -n '/best/,$p'
run -n --adjust bh --pool-groups fixed | sed -n '/^pairs/p;/^bonf/p'
run --verify 5 --m-eff 2>&1 >/dev/null | grep -c m-eff
# what is pooled says again what its groups do: it is no test of the run
for more in '' '--pool-groups fixed' '--pool-groups random --adjust bh'; do
    regsweep run -y 'y*' -x 'x*' d.csv -g g -o /dev/null --top 4 --summary --verify 18 $more 2>&1 | grep -oE '^regsweep: tests.*|^regsweep: verify: .* pairs|^  (tests|lambda|Bonf|BH).*'
done
# tests of columns are those of the groups, whatever parts the run has
for more in '' '--pool-groups fixed' '--weights-for y1=z'; do
    regsweep run -y 'y*' -x 'x*' d.csv -g g -o /dev/null --m-eff $more 2>&1 | grep m-eff
done
# what does not go together
for more in '--pool-groups fixed --permute 5' '--pool-groups fixed --rows terms' '--family set --adjust bh' '--family y,x --adjust bh' '--family grp --adjust bh' '--se cluster --cluster c,x3 --bootstrap 50' '--se cluster --cluster c --permute 5'; do
    run $more
    echo $?
done
regsweep run -q -y y1 -x x1 d.csv --family group --adjust bh
regsweep run -q -y y1 -x x1 d.csv --pool-groups fixed
