#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A name of the key for each FILE, and one that is found.
printf "id,y,a\nk3,1,2\nk1,2,5\nk2,4,1\nk9,3,3\nk5,6,4\n" >a.csv
printf "b;IID;g\n7;k1;u\n8;k2;v\n1;k3;u\n4;k5;w\n5;zz;q\n" >b.csv
printf "c,id\n3,k2\n1,k5\n2,k1\n2,k3\n" >c.csv
printf "c,id\n3,k2\n1,k5\n2,k1\n2,k5\n" >twice.csv
printf "c,id=x\n3,k2\n1,k5\n2,k1\n2,k3\n" >equals.csv
printf "id=x,d\nk1,3\nk5,1\nk2,2\nk3,2\n" >equals2.csv
printf "id,site,z\nk3,1,1\n" >two.csv
printf "id,z,site\nk3,1,1\n" >two2.csv
try() { regsweep run --columns y,x,n,beta -y y "$@" || echo "exit status $?"; }
try -x a,b --key id=IID a.csv b.csv
try -x b,c --key id=IID=id a.csv b.csv c.csv
try -x a,c a.csv c.csv
try -x c,d -y c -x d --key id=x equals.csv equals2.csv
try -x c --key 'id=id=x' a.csv equals.csv
try -x a a.csv twice.csv
try -x a a.csv b.csv
try -x z two.csv two2.csv
try -x b --key id a.csv b.csv
try -x b --key id=ID a.csv b.csv
try -x b --key IID=id a.csv b.csv
tr , ' ' <c.csv >c.txt
try -x c --key id -d blanks a.csv c.txt
try -x c --key id a.csv c.txt
try -x c a.csv c.txt
try -x b --key id,IID a.csv b.csv
try -x c --key ID a.csv c.csv
printf 'v,k1,k2,k3,k5\nm,1,2,1,3\n' >t.csv
try -x m --key ix --transposed t.csv a.csv
# What is a key in one file may be a column of another.
printf "IID,id\n10,k1\n20,k2\n50,k3\n60,k5\n" >both.csv
try -x IID a.csv both.csv
try -x id --key id=IID a.csv b.csv
try -x a -c IID --key id=IID a.csv b.csv
try -x a --transform 'log(IID)' --key id=IID a.csv b.csv
regsweep describe a.csv c.csv
