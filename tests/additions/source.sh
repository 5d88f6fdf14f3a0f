# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A source: its file, and its row before the one that takes whatever is left.
# By hand, of v1 = 1 2 4 5, v2 = 1 2 3 5, v3 = 1 1 2 2, less their means 3, 11/4,
# 3/2: v1 on v2 has slope 9/8.75 and r2 81/87.5, on v3 slope 3/1 and r2 9/10; on
# v2 within the levels of v3 slope 1.5/2.5.
change() {
    add tests/additions/source_matrix_market.c io/table/source_matrix_market.c
    add tests/additions/source_matrix_market.h io/table/source_matrix_market.h
    row io/table/source.c '#include "source_csv.h"' '#include "source_matrix_market.h"'
    edit io/table/source.c 's/^    &rs_source_readstat, /&\&rs_source_matrix_market, /'
}
try() {
    printf '%%%%MatrixMarket matrix array real general\n4 3\n' >m.mtx
    printf '%s\n' 1 2 4 5 1 2 3 5 1 1 2 2 >>m.mtx
    regsweep run -q m.mtx -y v1 -x 'v*' --columns y,x,n,beta,r2 --digits 6
    gzip m.mtx
    regsweep run -q m.mtx.gz -y v1 -x v2 --factor v3 -c v3 --columns y,x,n,df,beta
    regsweep describe -q --format csv - <m.mtx.gz | cut -d, -f1-4,6
    gzip -dc m.mtx.gz | head -n 9 >cut.mtx
    regsweep run -q cut.mtx -y v1 -x v2
    printf 'v1,v2\n1,1\n2,2\n4,3\n' >d.csv
    regsweep run -q d.csv -y v1 -x v2 --columns beta
}
