#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fields before the samples, and files that are known by their headers.
t() { tr ' ' '\t'; }
t >g.traw <<'END'
CHR SNP (C)M POS COUNTED ALT 0_k1 0_k2 0_k3 a_b_a_b 0_k5
1 rs1 0 100 A G 2 1 0 1 NA
1 rs2 0 200 C T 1 1 2 0 1
END
t >q.bed <<'END'
#chr start end pid gid strand k1 k2 k3 a_b
1 1 9 G1 . + 0.5 0.25 1.5 2
1 9 12 G2 . - 1 2 1.25 0
END
t >f.bed <<'END'
#Chr start end gene_id k1 k2 k3 a_b
1 1 9 G1 0.5 0.25 1.5 2
END
printf 'id,gene,note,k1,k2,k3,a_b\n1,G1,"a,\n",0.5,0.25,1.5,2\n2,"G,2",b,1,2,1.25,0\n' >m.csv
printf 'IID,y\nk1,1\nk2,4\na_b,2\nk3,3\n' >p.csv
run() { regsweep run --columns y,x,n,beta -y y -x '*' "$@" || echo "exit status $?"; }
run --key IID --transposed q.bed p.csv
run --key IID --transposed f.bed p.csv -q
run --key IID --transposed m.csv --name-column gene --leading 3 p.csv -q
run --key IID --transposed m.csv --leading 3 p.csv -q
run --key IID --key-as iid --transposed g.traw p.csv
run --key IID --key-as iid --transposed g.traw --name-column POS p.csv -q
run --key IID --transposed g.traw p.csv
run --key IID g.traw p.csv
# Each has its own layout.
run -x 'rs*' -x 'G*' --key IID --key-as iid --transposed g.traw --transposed m.csv --name-column gene --leading 3 p.csv
regsweep describe -q --format csv --transpose g.traw
regsweep describe --transpose g.traw --leading 7 | head -n 2
for options in '--name-column Gene' '--name-column note --leading 2' '--leading 7' '--leading 0'; do
    # shellcheck disable=SC2086
    run --key IID --transposed m.csv $options p.csv
done
run -x G1 --key IID --transposed m.csv --name-column gene p.csv
# Nobody means these rows.
regsweep run -y POS -x 0_k1 --columns y,x,n g.traw
