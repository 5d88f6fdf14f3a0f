#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is not in the models is said: a constant covariate, one that earlier
# ones explain, and levels that they explain.
cat >t.csv <<END
y,x,z,twice,one,shop,region
3.1,1,2,4,7,a,n
4.9,2,1,2,7,b,n
7.2,3,5,10,7,c,s
8.8,5,3,6,7,d,s
11.3,4,8,16,7,a,n
12.7,6,2,4,7,b,n
15.2,9,6,12,7,c,s
16.6,7,4,8,7,d,s
18.1,8,1,2,7,d,s
END
regsweep run t.csv -y y -x x -c z,twice,one,shop,region --columns y,x,n,df,status 2>&1 |
    grep -v ' in '
regsweep run -q t.csv -y y -x x -c z,twice --columns y,x,n,df,status
regsweep run t.csv -y y -x x -c z --columns y,x,n,df,status 2>&1 | grep 'left out' ||
    echo nothing is left out
