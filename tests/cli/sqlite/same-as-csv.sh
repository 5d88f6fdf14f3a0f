#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The rows of the CSV of the same run, in their order, every number bit for bit,
# what is empty there NULL here; all columns, both engines, what is kept.
python3 - <<'P'
import random
r = random.Random(7)
with open('d.csv', 'w') as f:
    f.write(','.join(f'c{i}' for i in range(40)) + ',const,inf,same\n')
    for i in range(60):
        v = [r.gauss(0, 10 ** r.randint(-150, 150)) if j == 3 else r.gauss(0, 1) for j in range(40)]
        c = ['' if r.random() < (0.9 if j == 7 else 0.05) else repr(x) for j, x in enumerate(v)]
        f.write(','.join(c + ['5', 'inf' if i == 3 else '1', repr(-3 * v[0])]) + '\n')
P
same() {
    rm -f x.csv x.db
    regsweep run -q -y '*' -x '*' d.csv "$@" -o x.csv
    regsweep run -q -y '*' -x '*' d.csv "$@" -o x.db
    python3 - "$*" <<'P'
import csv, sqlite3, struct, sys
db = sqlite3.connect('x.db')
rows = list(csv.reader(open('x.csv', newline='')))
kinds = dict(db.execute("SELECT name, type FROM pragma_table_info('fits')"))
more = {'level', 'reference', 'df1'} - set(rows[0])  # which a CSV without categories lacks
names = [name for name in kinds if name not in more]
have = db.execute(f"SELECT {','.join(names)} FROM fits ORDER BY rowid")
have = have.fetchall()
def value(text, kind):
    if kind == 'TEXT':
        return text
    if text == '':
        return None
    return int(text) if kind == 'INTEGER' else struct.pack('d', float(text))
def bits(v):
    return struct.pack('d', v) if isinstance(v, float) else v
want = [(1,) + tuple(value(t, k) for t, k in zip(row, (kinds[name] for name in names[1:]))) for row in rows[1:]]
print(sys.argv[1], len(have), names == ['run_id'] + rows[0], [tuple(map(bits, row)) for row in have] == want,
      len({row[-1] for row in have}), db.execute('SELECT rows_written, complete FROM runs').fetchall())
P
}
same
same --columns all
same --columns all --engine exact -j 1
same -c c1,c2 --columns +neg_log10_p
same --p-max 0.05
same --top 10
same --top-per-y 2 --columns y,x,n,df,p,status
same --p-max 1e-300 --top 1
