#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An x of categories: t of two levels, F of more, its levels, their reference,
# and all differences.
printf 'y,g,f,k\n1,u,a,p\n2.5,v,b,p\n2,u,c,p\n5,v,a,p\n3,u,b,p\n9,v,c,p\n4,u,a,p\n12,v,b,p\n6,u,c,p\n15,v,c,p\n7,u,,p\n' >d.csv
run() { regsweep run -q --digits 9 d.csv -y y "$@"; }
run -x g,f,k --columns x,n,df1,beta,se,stat,p,status
run -x f --rows terms --columns term,n_level,mean_level,beta,se,stat,p
run -x f --rows terms --reference-rows --ref f=b --columns term,n_level,beta,se
run -x g --rows terms --reference-rows --columns term,n_level,beta,se
run -x f --rows terms --contrasts tukey --columns term,df1,beta,stat,p
run -x f --rows terms --contrasts holm --columns term,beta,p --ref f=c
# rows without the reference: F is what it is, contrasts are none
sed 's/^\([^,]*\),\(.\),a/,\2,a/' d.csv |
    regsweep run -q --digits 9 - -y y -x f --rows terms --contrasts tukey --columns term,df1,beta,stat,p,status
# without an intercept all levels have a mean
run -x f --no-intercept --rows terms --columns term,df1,beta,stat
# two by two
run -x f --interact g --no-intercept --columns df1,df,stat
