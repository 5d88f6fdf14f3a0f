#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What would steer a terminal is shown escaped, wherever it comes from: names,
# cells, keys, paths, words of the command line. CSV keeps it as it is.
python3 - <<'P'
a, b, c = 'a\x1b]0;x\x07', 'b\u202ec', 'ä\u009b31m'
with open('d.csv', 'w', encoding='utf-8', newline='') as f:
    f.write(f'{a},{b},{c},t\x1b[2J,"n\n1"\n')
    for i, (u, v) in enumerate(((2, 5), (1, 3), (5, 5), (4, 2), (7, 9))):
        f.write(f'{i},{u},{v},\x1b[31mEVIL\u200b,{u * v}\n')
with open('k.csv', 'wb') as f:
    f.write(b'id,p\n\x1b[1m,1\n\x1b[1m,2\nx,3\n')
with open('l.csv', 'wb') as f:
    f.write(b'id,q\n\x1b[1m,1\nx,2\n')
with open('bad\x1b[7m.csv', 'wb') as f:
    f.write(b'a,b\n1,2,3\n')
with open('latin.csv', 'wb') as f:
    f.write(b'gr\xf6\xdfe\x9b,x\n1,2\n2,1\n3,3\n4,7\n')
P
esc=$'\033[7m'
all() {
    regsweep describe d.csv
    regsweep describe latin.csv
    regsweep run --summary --verify 3 -y '#1' -x '#2,#3,#5' d.csv -o o.csv
    regsweep run -f -y '#4' d.csv -o o.csv
    regsweep run -f -y 'a]0;x' d.csv -o o.csv
    regsweep run -f -y $'b\xe2\x80\xaed' d.csv -o o.csv
    regsweep run -f -y q --key id l.csv k.csv -o o.csv
    regsweep run -f -y q --key $'i\td' l.csv k.csv -o o.csv
    regsweep run -y a "bad$esc.csv"
    regsweep run -y a "no$esc.csv"
    regsweep run -y '#1' d.csv -o "no$esc/x.csv"
    regsweep run -y '#1' -c "@no$esc" d.csv
    regsweep "ru$esc"
    regsweep run "--depend$esc"
    regsweep run "-$esc"
    regsweep run -y '#1' d.csv --jobs "$esc"
    regsweep run -q -y '#1' -x '#2' d.csv --table "$esc" -o "sqlite:no$esc/x"
}
all >out 2>&1
sed 's/ in [0-9.]* s ([0-9.]*[^)]*), [0-9]* worker.*/ in no time/; s/difference [^ ]*/difference/; s/([a-z0-9_]* of/(of/; /^  pairs/,/^  p 0.9/d' out
python3 - <<'P'
import unicodedata
text = open('out', 'rb').read().decode('utf-8')
bad = [c for c in text if c != '\n' and unicodedata.category(c) in ('Cc', 'Cf', 'Zl', 'Zp')]
print('to be obeyed:', bad)
P
regsweep describe -q d.csv --format csv | head -n 2 | od -c | head -n 4
