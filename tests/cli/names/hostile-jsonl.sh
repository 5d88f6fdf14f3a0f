#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names of any bytes give valid JSON: text comes back as it is, and a byte that
# is not UTF-8 as U+FFFD.
python3 - <<'P'
names = [b'a"b', b'back\\slash', b'tab\there', b'new\nline', b'\x01\x1f\x7f', 'é€😀'.encode(), b'\xff', b'cut\xe2\x82',
         b'\xc0\xaf', b'\xed\xa0\x80', b'\xf4\x90\x80\x80', b'/', b'</script>', '\u2028'.encode(), b'null', b'%s%n', b'x' * 3000]
with open('d.csv', 'wb') as f:
    f.write(b','.join(b'"' + n.replace(b'"', b'""') + b'"' for n in [b'y'] + names) + b'\n')
    for i in range(6):
        f.write(b','.join(b'%d' % ((i * i + i * k) % 7) for k in range(len(names) + 1)) + b'\n')
open('names', 'wb').write(b'\0'.join(names))
P
regsweep run -q -y y d.csv -o r.jsonl
regsweep run -q -y y d.csv -o r.jsonl.zst && zstd -qdc r.jsonl.zst | cmp - r.jsonl
python3 - <<'P'
import json
names = open('names', 'rb').read().split(b'\0')
def shown(name):  # the rule of the man page, not Python's, which differs in how many
    text = ''
    while name:
        for n in range(1, 5):
            try:
                text += name[:n].decode() if len(name) >= n else 1 / 0
                break
            except (UnicodeDecodeError, ZeroDivisionError):
                pass
        else:
            n, text = 1, text + '\ufffd'
        name = name[n:]
    return text
lines = open('r.jsonl', 'rb').read().decode('utf-8').split('\n')
got = [json.loads(line)['x'] for line in lines[:-1]]
print(len(got), lines[-1] == '', got == [shown(n) for n in names])
P
