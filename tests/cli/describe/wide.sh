#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Of many columns people see the first hundred, programs all; what is different
# is counted to a thousand.
python3 - <<'P'
n = 1200
with open('wide.csv', 'w') as f:
    f.write(','.join('c%d' % i for i in range(150)) + ',t\n')
    for r in range(5):
        f.write(','.join('%d.5' % ((r * i) % 7) for i in range(150)) + ',x\n')
with open('long.csv', 'w') as f:
    f.write('patient,key_id,value,zero,group\n')
    for r in range(n):
        f.write('p%d,k%d,%d.5,%s,%d\n' % (r, r, r, '-0' if r % 2 else '0', r % 3))
P
regsweep describe wide.csv | sed -n '1,2p;101,$p'
for with in -v '--format csv' '--only c14*' '--only !c1*'; do
    # shellcheck disable=SC2086  # an option and its value
    echo "$with: $(regsweep describe wide.csv $with 2>/dev/null | wc -l) lines"
done
regsweep describe long.csv
regsweep describe -q long.csv --format csv | cut -d, -f1,5,10,21
regsweep describe wide.csv --only nothing
