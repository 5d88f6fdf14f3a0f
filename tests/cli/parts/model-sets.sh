#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each set with the covariates of all; --compare on the rows that have all.
printf 'y,x,a,b,k\n1,2,1,5,u\n2,1,3,1,v\n3,5,2,2,u\n1,7,1,,v\n4,4,3,4,u\n6,2,2,1,v\n5,6,5,3,u\n2,3,4,4,v\n' >d.csv
regsweep run d.csv -y y -x x,b --model-set 'base: a' --model-set 'full:a,b' --columns y,x,n,beta,r2 --digits 5
regsweep run d.csv -y y -x x,b --model-set 'base: a' --model-set 'full:a,b' --columns y,x,n,beta,r2,d_beta,d_r2 --digits 5 --compare
regsweep run -q d.csv -y y -x x -c a --model-set none: --model-set 'with k:k' --rows terms --columns term,n,beta --digits 4
regsweep run d.csv -y y -x x --model-set a; echo "$?"
regsweep run d.csv -y y -x x --model-set :a; echo "$?"
regsweep run d.csv -y y -x x --model-set s:a --model-set s:b; echo "$?"
regsweep run d.csv -y y -x x --model-set s:nosuch; echo "$?"
regsweep run d.csv -y y -x x -c a --compare; echo "$?"
regsweep run d.csv -y y -x x --model-set s:a --compare; echo "$?"
