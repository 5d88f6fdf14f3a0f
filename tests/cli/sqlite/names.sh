#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# 100 names that are data, never SQL, as names of columns and of tables: back
# byte for byte, and no table but the three is touched.
python3 - <<'P'
import csv, sqlite3, subprocess
names = ['"; DROP TABLE fits; --', "'); DROP TABLE fits; --", 'a"b', "a'b", 'tab\there', 'new\nline', 'cr\rhere', 'x' * 200,
         '\U0001f600', 'select', '%s%n', '%w', '%Q', '?1', ':a', '$a', '../../etc/passwd', '*', '?', '[a]', '!x', '#1', '@file',
         'a:b', 'a,b', '\\', '\\N', '\\.', ' lead', 'trail ', '-y', '--help', '0', '1e5', 'NA', 'NULL', 'null', 'rowid', 'é',
         '\x01', '$(id)', '`id`', 'run_id', 'fits', 'sqlite_master', '/* x', '-- x', "x'00'", 'x;y', '""', "''"]
names += [f'{n}{i}' for i in range(10) for n in ('"', "'", ';', '\t', '\n', ',')][:100 - len(names)]
assert len(set(names)) == 100
with open('d.csv', 'w', newline='', encoding='utf-8') as f:
    w = csv.writer(f, quoting=csv.QUOTE_ALL)
    w.writerow(['y'] + names)
    for i in range(6):
        w.writerow([i * i % 5] + [(i * (k + 3)) % 11 for k in range(100)])
with open('d.csv', 'rb') as f:
    header = f.read()
with open('bytes.csv', 'wb') as f:  # no UTF-8 at all
    f.write(b'y,\xff\xfe,\xe9\n1,2,3\n2,3,1\n5,1,4\n1,1,1\n')

def run(*words):
    return subprocess.run(['regsweep', 'run', '-q', '-y', 'y', *words]).returncode

keep = sqlite3.connect('x.db', isolation_level=None)
keep.execute('CREATE TABLE other AS SELECT 42 AS a')
keep.close()
print(run('d.csv', '-o', 'x.db'))
db = sqlite3.connect('x.db')
print([x for x, in db.execute('SELECT x FROM fits ORDER BY rowid')] == names)
print(sorted(n for n, in db.execute("SELECT name FROM sqlite_master")), db.execute('SELECT a FROM other').fetchall())
db.close()
print(run('bytes.csv', '-o', 'b.db'))
db = sqlite3.connect('b.db')
db.text_factory = bytes
print(db.execute('SELECT x FROM fits ORDER BY rowid').fetchall())
db.close()
bad = []
for i, name in enumerate(n for n in names if not n.startswith('sqlite_')):
    if run('bytes.csv', '-o', f't{i}.db', '--table', name) != 0:
        bad.append(name)
        continue
    db = sqlite3.connect(f't{i}.db')
    want = {name, name + '_runs'} | {f'{name}_{c}' for c in 'yxp'}
    if {n for n, in db.execute('SELECT name FROM sqlite_master')} != want or \
            db.execute('SELECT count(*) FROM "' + name.replace('"', '""') + '"').fetchone() != (2,):
        bad.append(name)
    db.close()
print(len(names), bad)
P
