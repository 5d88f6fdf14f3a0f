#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
cat >d.csv <<'END'
y,excel,python,sql,code,text,minus
1,3,1.5,2,-9,n/a,1
2,#N/A,None,NULL,-9.0,b,-nan
3,#DIV/0!,nan,3,-9e0,None,2
4,5,2.5,<NA>,4,c,3
5,#VALUE!,n/a,1,5,-9,NaN
6,7,0.5,4,6,-9.0,5
END
show() { printf '%s\n' "$*"; regsweep describe -q --format tsv "$@" d.csv | cut -f1-4,9,11,24; }
show
show --na +-9
show --na code=-9
show --na 'c*=+-9' --na 'text=+b,-9.0'
show --na -9
echo 'texts with = and commas'; printf 'y,x,a=b\n1,=NA,1\n2,"p,q",2\n3,4,3\n4,5,9\n5,k=v,7\n' >e.csv
regsweep describe -q --format csv --na =NA --na '+p\,q' --na '+k=v' --na 'a\=b=9' e.csv | cut -d, -f1-4
