#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""
Whether the program does what it did: every command of cases.txt, what it
prints, what it says, the files it makes and its exit status, as one hash.

    same.py [--program P] [--keep DIR] --record FILE   notes the hashes
    same.py [--program P] [--keep DIR] FILE            compares with them

With --keep what the commands left stays in DIR/NAME/, and a comparison shows
how a case differs where the record was made with --keep too (beside FILE, as
FILE.kept). Times and rates are cut out; nothing else is. Numbers may depend on
the machine, so a record is of use only where it was made, before a change.

Ends with `N passed, N failed, 0 skipped`.
"""
import argparse
import concurrent.futures
import difflib
import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WAYS = {'exact': ' --engine exact', 'avx512': '', 'avx2': '', 'blas': ''}
SECONDS = 120  # more than any command takes under a sanitizer


# ---- data ----------------------------------------------------------------

def make_table(tools, path, *words):
    with open(path, 'wb') as out:
        subprocess.run([os.path.join(tools, 'make_table'), *words],
                       stdout=out, check=True)


def read_rows(path):
    with open(path) as file:
        return [line.rstrip('\n').split(',') for line in file]


def write_rows(path, rows, between=','):
    with open(path, 'w') as file:
        file.writelines(between.join(row) + '\n' for row in rows)


def with_columns(rows, **columns):
    return [row + [column[i] if i else name for name, column in columns.items()]
            for i, row in enumerate(rows)]


def made(n, cell):
    return [''] + [cell(i) for i in range(n)]


def make_groups(folder, small, holes):
    """c1 ... c12 of small, h1 ... h4 of holes, levels, codes and weights."""
    rng = random.Random(11)
    n = len(small) - 1
    write_rows(folder + '/groups.csv', with_columns(
        small,
        **{'h%d' % j: [''] + [row[j] for row in holes[1:n + 1]]
           for j in range(1, 5)},
        g=made(n, lambda i: rng.choice(['north', 'south', 'east', '', 'far'])),
        k=made(n, lambda i: rng.choice(['1', '2', '10', 'NA'])),
        w=made(n, lambda i: rng.choice(['1', '0.5', '2.25', '0', 'NA', '3'])),
        neg=made(n, lambda i: '-1' if i == 7 else '1')))


def make_levels(folder, holes):
    """A factor of 25 levels beside one of 4, each column with a part of it."""
    rng = random.Random(12)
    n = len(holes) - 1
    write_rows(folder + '/levels.csv', with_columns(
        [row[:8] for row in holes],
        h1=[''] + [row[8] for row in holes[1:]],
        h2=[''] + [row[9] for row in holes[1:]],
        site=made(n, lambda i: 's%02d' % rng.randrange(25)),
        day=made(n, lambda i: 'd%d' % rng.randrange(4))))


def make_odd(folder):
    """Columns for every status, and values near the edges."""
    rng = random.Random(13)
    n = 24
    ramp = [float(i) for i in range(n)]
    noise = [rng.random() for _ in range(n)]
    columns = {
        'ramp': ramp, 'double': [2 * v + 1 for v in ramp],
        'constant': [3.5] * n, 'tiny': [v * 1e-300 for v in noise],
        'huge': [v * 1e300 for v in noise],
        'shifted': [1e9 + v for v in noise],
        'near': [v + 1e-9 * e for v, e in zip(ramp, noise)],
        'half': [v if i % 2 else float('nan') for i, v in enumerate(noise)],
        'few': [v if i < 2 else float('nan') for i, v in enumerate(noise)],
        'none': [float('nan')] * n,
        'binary': [float(i % 3 == 0) for i in range(n)],
        'bits': [1 / 3 + (i % 2) * 2.0 ** -53 for i in range(n)],
        'noise': noise,
    }
    write_rows(folder + '/odd.csv', [list(columns)] + [
        ['NA' if column[i] != column[i] else repr(column[i])
         for column in columns.values()] for i in range(n)])


def make_turned(folder, small):
    """One variable a line; a second file with other samples in another
    order, and the same as two tables with a key."""
    rng = random.Random(14)
    n = len(small) - 1
    ids = ['s%d' % i for i in range(1, n + 1)]
    write_rows(folder + '/turned.csv', [['id'] + ids] + [
        [small[0][j]] + [row[j] for row in small[1:]]
        for j in range(len(small[0]))])
    others = ids[5:] + ['t1', 't2']
    rng.shuffle(others)
    more = [['d%d' % j] + ['%.4f' % rng.gauss(0, 1) for _ in others]
            for j in range(1, 5)]
    write_rows(folder + '/turned2.csv', [['id'] + others] + more)
    write_rows(folder + '/left.csv', with_columns(
        small, id=[''] + ids, g=made(n, lambda i: 'ab'[i % 2]),
        w=made(n, lambda i: str(1 + i % 3))))
    write_rows(folder + '/right.csv', [['id', 'd1', 'd2', 'd3', 'd4']] + [
        [one] + [row[i + 1] for row in more] for i, one in enumerate(others)])


def make_forms(folder, small):
    """The same numbers in other dress."""
    write_rows(folder + '/small.tsv', small, '\t')
    write_rows(folder + '/comma.csv',
               [[cell.replace('.', ',') for cell in row] for row in small], ';')
    quoted = [['a "b"', 'c,d', 'e\nf', ' g ']] + [row[:4] for row in small[1:]]
    with open(folder + '/quoted.csv', 'w', newline='') as file:
        for row in quoted:
            file.write(','.join('"%s"' % cell.replace('"', '""')
                                for cell in row) + '\r\n')
    names = ['y\x1b[31m', 'gr\u00f6\u00dfe', 'a;b', '=1+1', "o'b", 'x\ty', 'z\\n']
    write_rows(folder + '/names.csv', [names] + [row[:7] for row in small[1:]])
    for tool, end in (['gzip', '-nc'], '.gz'), (['zstd', '-qc'], '.zst'):
        with open(folder + '/small.csv' + end, 'wb') as out:
            subprocess.run(tool + [folder + '/small.csv'], stdout=out,
                           check=True)


def make_data(folder, tools):
    os.mkdir(folder)
    for name, *words in (['small', '60', '12', '5', '1'],
                         ['holes', '80', '14', '6-17', '2', 'scattered=0.06'],
                         ['patterns', '90', '16', '6', '3', 'patterns=3:0.1'],
                         ['wide', '150', '260', '6', '4', 'common=0.2'],
                         ['wideholes', '150', '260', '6', '5',
                          'scattered=0.03']):
        make_table(tools, '%s/%s.csv' % (folder, name), *words)
    small = read_rows(folder + '/small.csv')
    holes = read_rows(folder + '/holes.csv')
    wide = read_rows(folder + '/wide.csv')
    write_rows(folder + '/wide.csv', with_columns(
        wide, wt=made(len(wide) - 1, lambda i: str(0.5 + i % 7))))
    make_groups(folder, small, holes)
    make_levels(folder, holes)
    make_odd(folder)
    make_turned(folder, small)
    make_forms(folder, small)
    subprocess.run([os.path.join(tools, 'make_genotypes'), '200', '6', '300',
                    '7', folder + '/geno'], check=True)


# ---- cases ----------------------------------------------------------------

def choices(name, command):
    """{a|b} in a name or command: a case for each."""
    words = re.search(r'\{([^{}]*\|[^{}]*)\}', name + command)
    if not words:
        yield name, command
        return
    for i, word in enumerate(words.group(1).split('|')):
        one = command.replace(words.group(0), word)
        yield (name.replace(words.group(0), word)
               if words.group(0) in name else '%s-%d' % (name, i + 1)), one


def listed_cases():
    with open(HERE + '/cases.txt') as file:
        for line in file:
            line = line.strip()
            if not line or line.startswith('#'):
                continue
            name, command = line.split(': ', 1)
            if not name.startswith('@ways '):
                for one, text in choices(name, command):
                    yield one, text, {}
                continue
            name = name[len('@ways '):]
            for way, option in WAYS.items():
                yield ('%s/%s' % (name, way), command + option,
                       {} if option else {'REGSWEEP_KERNEL': way})


def reference_cases(data):
    """What the reference data ask for: every malformed file, every odd one,
    and some real ones."""
    def files(part):
        folder = os.path.join(data, part)
        return [f for f in sorted(os.listdir(folder))
                if f.endswith('.csv')] if os.path.isdir(folder) else []

    for file in files('bad'):
        path = '../ref/bad/' + file
        yield ('bad/' + file, 'regsweep describe %s; echo $?; regsweep run '
               "%s -y '#2' -x '#1'" % (path, path), {})
    for part in 'degenerate', 'strd', 'reports':
        for file in files(part):
            path = '../ref/%s/%s' % (part, file)
            for engine in 'auto', 'exact':
                yield ('%s/%s/%s' % (part, file, engine),
                       'regsweep run %s --engine %s -y "*" -x "*"'
                       % (path, engine), {})
    for file in files('real'):
        yield ('real/' + file, 'regsweep describe ../ref/real/%s; regsweep '
               'run ../ref/real/%s -y "#2:#5" -x "*" --p-max 0.01'
               % (file, file), {})


def all_cases(data):
    cases = {}
    for name, command, extra in [*listed_cases(), *reference_cases(data)]:
        if name in cases:
            sys.exit('same.py: two cases are called ' + name)
        cases[name] = command, extra
    return cases


# ---- what a command leaves ---------------------------------------------------

TIME = re.compile(r'(?<![\w.])[0-9][0-9.:]* (?:s|min|h)\b')
RATE = re.compile(r'(?<![\w.])[0-9][0-9.]*(?: [kM])?/s')
PARTS = re.compile(r'(?<= in T )\([^)]*\)')  # of the headline's time


def without_times(text):
    """Text without what is different in every run."""
    return PARTS.sub('(R)', RATE.sub('R', TIME.sub('T', text)))


def labels(text):
    """What `bench` prints, without its figures: how each line begins."""
    return re.sub(r'(?m)(?:  |,|: ).*$', '', text)


def database_text(path):
    """The tables of a SQLite file in their order, without its times."""
    out = []
    connection = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
    try:
        for pragma in ('application_id', 'user_version', 'page_size',
                       'encoding', 'integrity_check'):
            out.append('%s %s' % (pragma, connection.execute(
                'PRAGMA ' + pragma).fetchone()))
        for kind, name, sql in connection.execute(
                'SELECT type, name, sql FROM sqlite_master').fetchall():
            out.append('%s %s: %s' % (kind, name, sql))
            if kind not in ('table', 'view'):
                continue
            cursor = connection.execute('SELECT * FROM "%s"' % name)
            names = [column[0] for column in cursor.description]
            for row in cursor:
                out.append(repr([
                    'T' if column in ('started', 'ended') and value else value
                    for column, value in zip(names, row)]))
    finally:
        connection.close()
    return '\n'.join(out) + '\n'


def file_bytes(path):
    if os.path.islink(path):
        return ('-> ' + os.readlink(path)).encode()
    with open(path, 'rb') as file:
        data = file.read()
    if data.startswith(b'SQLite format 3\0'):
        return database_text(path).encode()
    return data


def run_case(scratch, name, command, extra, environment):
    """What a command leaves, as {part: bytes}."""
    folder = os.path.join(scratch, 'in+' + re.sub(r'[^\w.+-]', '_', name))
    os.mkdir(folder)
    process = subprocess.Popen(
        ['bash', '-c', command], cwd=folder, env={**environment, **extra},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)
    try:
        out, err = process.communicate(timeout=SECONDS)
        status = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        status = 'it took more than %d s' % SECONDS
    parts = {'status': ('%s\n' % status).encode()}
    for part, data in ('stdout', out), ('stderr', err):
        text = without_times(data.decode('utf-8', 'surrogateescape'))
        if part == 'stdout' and command.startswith('regsweep bench'):
            text = labels(text)
        parts[part] = text.replace(scratch, 'S').encode(
            'utf-8', 'surrogateescape')
    for where, folders, files in sorted(os.walk(folder)):
        folders.sort()
        for file in sorted(files):
            path = os.path.join(where, file)
            parts['file ' + os.path.relpath(path, folder)] = file_bytes(path)
    shutil.rmtree(folder)
    return parts


def hash_of(parts):
    whole = hashlib.sha256()
    for part in sorted(parts):
        whole.update(b'%s %d\n' % (part.encode(), len(parts[part])))
        whole.update(parts[part])
    return whole.hexdigest()[:32]


def keep(folder, name, parts):
    folder = os.path.join(folder, name.replace('/', '+'))
    os.makedirs(folder)
    for part, data in parts.items():
        with open(os.path.join(folder, part.replace('/', '+')), 'wb') as file:
            file.write(data)


def run_all(options):
    """{name: (hash, parts)} of all cases."""
    scratch = os.path.realpath(tempfile.mkdtemp())
    environment = {key: value for key, value in os.environ.items()
                   if not key.startswith(('REGSWEEP_', 'OPENBLAS_', 'OMP_',
                                          'PG', 'LC_', 'LANG', 'MAKE'))}
    os.mkdir(scratch + '/bin')
    os.symlink(options.program, scratch + '/bin/regsweep')
    os.mkdir(scratch + '/tmp')
    environment.update(PATH=scratch + '/bin:' + os.environ['PATH'],
                       TMPDIR=scratch + '/tmp', LC_ALL='C', TERM='dumb')
    try:
        make_data(scratch + '/data', options.tools)
        os.symlink(os.path.join(ROOT, 'examples'), scratch + '/examples')
        os.symlink(options.data, scratch + '/ref')
        cases = all_cases(options.data)
        results = {}
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            waiting = {pool.submit(run_case, scratch, name, command, extra,
                                   environment): name
                       for name, (command, extra) in cases.items()}
            for future in concurrent.futures.as_completed(waiting):
                parts = future.result()
                results[waiting[future]] = hash_of(parts), parts
        return {name: results[name] for name in cases}
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


# ---- comparing -----------------------------------------------------------------

def show(data):
    return data.decode('utf-8', 'backslashreplace').splitlines()


def explain(folder, parts):
    """How a case differs from what was kept of it in folder."""
    if not os.path.isdir(folder):
        print('    (how: record and compare with --keep)')
        return
    before = {}
    for file in os.listdir(folder):
        with open(os.path.join(folder, file), 'rb') as kept:
            before[file] = kept.read()
    after = {part.replace('/', '+'): data for part, data in parts.items()}
    for part in sorted(set(before) | set(after)):
        if part not in after or part not in before:
            print('    %s: %s' % (part, 'gone' if part in before else 'new'))
        elif before[part] != after[part]:
            print('    %s:' % part)
            lines = list(difflib.unified_diff(
                show(before[part]), show(after[part]), 'before', 'after',
                n=0, lineterm=''))
            for line in lines[2:14]:
                print('      ' + line[:160])
            if len(lines) > 14:
                print('      and %d lines more' % (len(lines) - 14))


def main():
    parser = argparse.ArgumentParser(usage='%(prog)s [--record] FILE')
    parser.add_argument('file')
    parser.add_argument('--record', action='store_true')
    parser.add_argument('--program', default=os.path.join(
        os.environ.get('REGSWEEP_BUILD', ROOT + '/build/release'), 'regsweep'))
    parser.add_argument('--tools', default=ROOT + '/build/release/bench',
                        help='where make_table and make_genotypes are')
    parser.add_argument('--keep', metavar='DIR')
    parser.add_argument('--jobs', type=int, default=os.cpu_count())
    parser.add_argument('--data', default=os.environ.get(
        'REGSWEEP_REFDATA', ROOT + '/../shared/data'))
    options = parser.parse_args()
    for name in 'program', 'tools', 'data':
        setattr(options, name, os.path.realpath(getattr(options, name)))
    results = run_all(options)
    kept = options.file + '.kept'
    folder = options.keep or (kept if options.record else None)
    if options.record:
        shutil.rmtree(kept, ignore_errors=True)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
        for name, (_, parts) in results.items():
            keep(folder, name, parts)
    if options.record:
        with open(options.file, 'w') as file:
            file.writelines('%s  %s\n' % (one, name)
                            for name, (one, _) in results.items())
        print('%d passed, 0 failed, 0 skipped' % len(results))
        return 0
    with open(options.file) as file:
        record = dict(reversed(line.rstrip('\n').split('  ', 1))
                      for line in file)
    failed = 0
    for name in [*record, *(name for name in results if name not in record)]:
        one, parts = results.get(name, (None, None))
        if record.get(name) == one:
            continue
        failed += 1
        print('%s: %s' % (name, 'no such case now' if one is None else
                          'not in the record' if name not in record else
                          'differs'))
        if one is not None and name in record:
            explain(os.path.join(kept, name.replace('/', '+')), parts)
    print('%d passed, %d failed, 0 skipped' % (len(results) - failed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
