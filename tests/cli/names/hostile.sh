#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# 100 names that are data, never SQL, format, path or pattern: read, selected
# by @file, written back byte for byte.
python3 - <<'P'
import csv
names = ['"; DROP TABLE x; --', 'a"b', "a'b", 'tab\there', 'new\nline', 'cr\rhere', 'x' * 200, '\U0001f600',
         'select', '%s%n', '../../etc/passwd', '*', '?', '[a]', '!x', '#1', '@file', 'a:b', 'p{1:3}', 'a,b',
         '\\', '\\N', '\\.', ' lead', 'trail ', '-y', '--help', '0', '1e5', 'NA', 'é', '\x01', 'a\\,b', '$(id)', '`id`']
names += [f'{n}{i}' for i in range(10) for n in ('"', "'", ';', '\t', '\n', ',')][:100 - len(names)]
names += [f'n{i}' for i in range(100 - len(names))]
assert len(set(names)) == 100
with open('d.csv', 'w', newline='', encoding='utf-8') as f:
    w = csv.writer(f, quoting=csv.QUOTE_ALL)
    w.writerow(['y'] + names)
    for i in range(6):
        w.writerow([i * i % 5] + [(i * (k + 3)) % 11 for k in range(100)])
with open('names', 'w', encoding='utf-8', newline='') as f:
    f.writelines(n + '\n' for n in names if '\n' not in n and not n.endswith('\r'))
P
regsweep run -q -y y d.csv -o all.csv --columns y,x,n
regsweep run -q -y y -x @names d.csv -o some.csv --columns y,x,n
regsweep run -q -y y d.csv -o all.tsv --columns y,x,n
python3 - <<'P'
import csv
names = next(csv.reader(open('d.csv', newline='', encoding='utf-8')))[1:]
for file, d, want in (('all.csv', ',', names), ('all.tsv', '\t', names),
                      ('some.csv', ',', [n for n in names if '\n' not in n and not n.endswith('\r')])):
    got = [r[1] for r in csv.reader(open(file, newline='', encoding='utf-8'), delimiter=d)][1:]
    print(file, len(got), got == want)
P
