#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# --where: what it keeps, and what is no condition.
cat >d.csv <<'E'
y,age,sex,note,BMI (kg),bad
1.5,20,F,it's,28.1,1
2.5,30,M,b,28.4,2
3.1,41,F,a,,3
2.2,35,M,it's,22,x
5,28,F,c,21,5
4.1,33,M,b,20,6
3.3,52,,a,24,7
E
keeps() {
    echo "== $*"
    regsweep run -q -y y d.csv -x age --columns n "$@" 2>&1 | grep -v -e '^n$' -e '^regsweep: try'
}
for condition in 'age>=30' 'age>=3e1 and age<=41' 'age = 20 or age == 30' 'age != 20' \
    "sex='F'" 'sex = "F"' "sex != 'F'" "not sex = 'F'" "sex is missing" "sex is not missing" \
    "not (sex='F' or age>40)" "sex='F' or age>40" "age>20 and age<50 or sex='F'" \
    "note = 'it''s'" "note >= 'b'" '`BMI (kg)` > 21.5' '"BMI (kg)" is missing' \
    "not not age<.3e2"; do
    keeps --where "$condition"
done
keeps --where 'age>25' --where "sex='M'"
regsweep run -y y d.csv -x sex,age --where "age<50" --columns y,x,level,n,df1 2>&1 | sed 's/ in .*/ in TIME/'
echo "== refused"
for condition in '' 'age>=' 'age>=20 and' '(age>2' 'age>2)' 'age>=20x' 'age ! 3' 'age' 'not' \
    'sex=F' "age='x'" "sex=3" 'bad>2' 'agee>3' 'age is miss' 'age is not 3' "'age'>3" "sex='F" \
    'age > 1000' 'age > nan' '20<age' 'and>3' "$(printf '(%.0s' {1..300})"; do
    keeps --where "$condition"
done
