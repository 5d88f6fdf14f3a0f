#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A list of names costs memory and time in proportion to its length.
names=$(seq -s, -f 'v%05g' 0 17999)
{
    echo "$names"
    for i in 1 2 3 4; do seq -s, "$i" "$i" $((18000 * i)) | cut -d, -f1-18000; done
} >w.csv
tr , '\n' <w.csv | head -n 18000 >list
limit() { # an address sanitizer reserves terabytes
    [[ $(ldd "$(type -P regsweep)") == *lib[at]san* ]] || ulimit -v 400000
}
(limit; regsweep run -q -j 1 -y "$names" -x v00007 w.csv -o /dev/null) && echo by name
(limit; regsweep run -q -j 1 -y @list -x v00007 w.csv -o /dev/null) && echo by file
regsweep run -q -y 'a\,b,z' -x 'c\d' --columns y,x - <<'END'
"a,b",z,c\d
1,3,2
3,2,1
4,4,4
END
regsweep run -q -y 'v1,,v2' -x v1 w.csv; echo "status $?"
regsweep run -q -y 'v1,' -x v1 w.csv; echo "status $?"
