#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A column that a few cells make text is told by name, with how many, where, and
# what to type, which works; by name it is refused with the same facts.
{ echo y,BMI,odd,huge,price,site,z
for i in $(seq 20); do
    bmi=$((20 + i % 7)) odd=$((i * i % 11)) huge=$i price=$i
    [ $i -ne 7 ] || bmi='28.4?' huge=1e400 price='"1,234"'
    case $i in 3) odd=x ;; 5) odd='?' ;; 9) odd=x ;; esac
    echo "$((i * 3 % 13)),$bmi,$odd,$huge,$price,s$i,$((i * 2 % 5))"
done; } >d.csv
told() { regsweep run "$@" -o /dev/null 2>&1 | grep -v 'worker\|status:'; }
told d.csv -y y -x '*,!y'
told d.csv -y y -x 'BMI' --na '+28.4?' || echo nothing
echo "== by name, and no other"
told d.csv -y y -x BMI
told d.csv -y odd
told d.csv -y 'B*'
echo "== as a covariate"
told d.csv -y y -x huge -c BMI --na +1e400
echo "== of several files"
seq 20 | sed '1i id' | paste -d, - d.csv >a.csv
{ echo id,zz; seq 20 | sed 's/$/,&5/;5s/5$/bad/'; } >b.csv
told a.csv b.csv --key id -y y -x 'z*'
echo "== many"
python3 - >many.csv <<END
print("y," + ",".join(f"a{k + 1}" for k in range(12)))
for i in "1234":
    print(",".join([i] * 13))
print("5" + ",-" * 12)
END
told many.csv -y y -x '*,!y' | tail -n 3
told many.csv -y y -x '*,!y' -v | grep -c 'a.* left out: 1 of 5'
echo "== in a database"
regsweep run -q d.csv -y y -x 'B*,z,h*' -o o.db
python3 -c "
import sqlite3
for row in sqlite3.connect('o.db').execute('select notes from runs'): print(row[0])"
