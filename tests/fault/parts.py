#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs of several parts, of categories and of robust errors under fire: the same
bytes for any number of workers and whichever of them are killed, no worker left
and a prefix of the result when the parent is, and a quick end by a signal.

usage: parts.py [QUESTION...]      in an empty folder, regsweep in PATH

Prints a line for each failure, and `N passed, N failed, N skipped`. ROUNDS=N of
each kind (4), SEED=N, LIMIT=SECONDS for the end (2).
"""
import os
import random
import signal
import subprocess
import sys
import time

sys.path.append(os.path.join(os.path.dirname(__file__), '../lib'))
import sweeps

ROUNDS = int(os.environ.get('ROUNDS', '4'))
LIMIT = float(os.environ.get('LIMIT', '2'))
rng = random.Random(int(os.environ.get('SEED', '4711')))
checks = sweeps.Checks()

PAIRS = 'wide.csv -y y* -x x* '
SMALL = 'small.csv -y y* -x x* '
MANY = 'many.csv -y y -x x1,x2,x3 '
# a name, and what is asked
QUESTIONS = {
    'groups': PAIRS + '-g g',
    'groups.terms': PAIRS + '-g g --rows terms',
    'groups.exact': SMALL + '-g g --engine exact',
    'groups.top': PAIRS + '-g g --top 300',
    'groups.top-per-y': PAIRS + '-g g --top-per-y 3',
    'groups.adjust': PAIRS + '-g g --adjust holm,bh --family group',
    'groups.adjust.x': PAIRS + '-g g --adjust by --family group,x --q-max 0.9',
    'groups.permute': SMALL + '-g g --permute 3000 --family group --missing mean',
    'groups.pooled': PAIRS + '-g g --pool-groups random',
    'groups.screened': PAIRS + '-g g --p-max 0.001',
    'many': MANY + '-g kind',
    'many.pooled': MANY + '-g kind --pool-groups fixed --adjust bh --family group',
    'many.top': MANY + '-g kind --top-per-x 100',
    'sets': PAIRS + '--model-set a:z --model-set b:z,t --compare',
    'sets.adjust': PAIRS + '-g g --model-set a:z --model-set b: --adjust bh --family set',
    'weights-for': PAIRS + '--weights-for x1*=w1 --weights-for x2*=w2',
    'categories': SMALL + '-x t*,f* --factor f*,x1?',
    'categories.terms': SMALL + '-x t* --rows terms --contrasts tukey --reference-rows',
    'interaction': PAIRS + '--interact t',
    'powers': PAIRS + '--poly 3',
    'hc3': PAIRS + '--se hc3 --p-max 0.5',
    'cluster': PAIRS + '--se cluster --cluster f1',
    'hac': SMALL + '--se hac --lag 3',
    'survey': SMALL + '--survey --psu f2 --strata g -w w1',
    'spearman': PAIRS + '-m spearman -c z',
    'kendall': SMALL + '-m kendall -g g',
    'bootstrap': SMALL + '-g g --top 40 --bootstrap 300',
}


def make_tables():
    def numbers(n, names):
        return {name: sweeps.with_gaps(rng, [f'{rng.random():.4f}' for _ in range(n)], 0.002) for name in names}

    def table(name, n, n_y, n_x):
        rows = range(n)
        columns = numbers(n, [f'y{j}' for j in range(n_y)] + [f'x{j}' for j in range(1, n_x + 1)] + ['z'])
        columns |= {'w1': [1 + i % 3 for i in rows], 'w2': [1 + i % 5 for i in rows],
                    'f1': [i % 17 for i in rows], 'f2': [i % 40 for i in rows],
                    't': ['abcd'[i * i % 7 % 4] for i in rows], 't2': ['pqr'[i % 3] for i in rows],
                    'g': ['ABC'[i % 3] for i in rows]}
        sweeps.write(name, columns)
    table('wide.csv', 240, 60, 299)
    table('small.csv', 120, 12, 60)
    sweeps.write('many.csv', {'kind': [f'k{i // 4}' for i in range(20000)], **numbers(20000, ['y', 'x1', 'x2', 'x3'])})


def start(question, jobs, output):
    for name in output, output + '.partial':
        if os.path.exists(name):
            os.remove(name)
    return subprocess.Popen(['regsweep', 'run', '-j', str(jobs), *QUESTIONS[question].split(), '-o', output],
                            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def content(name):
    with open(name, 'rb') as file:
        return file.read()


def what_is_there():
    return next((content(name) for name in ('out.csv', 'out.csv.partial') if os.path.exists(name)), b'')


def workers_of(pid):
    try:
        return [int(p) for p in content(f'/proc/{pid}/task/{pid}/children').split()]
    except OSError:
        return []


def any_workers(question, wanted):
    for jobs in 2, 3, 5, 8:
        process = start(question, jobs, 'out.csv')
        said = process.communicate()[1].decode()
        checks.that(process.returncode == 0 and content('out.csv') == wanted, f'{question}: -j {jobs}: {said}')


def kill_workers(question, wanted, whole):
    process = start(question, 3, 'out.csv')
    for _ in range(5):
        time.sleep(rng.random() * whole / 4)
        workers = workers_of(process.pid)
        if workers:
            try:
                os.kill(rng.choice(workers), rng.choice((signal.SIGKILL, signal.SIGSEGV)))
            except ProcessLookupError:
                pass
    said = process.communicate()[1].decode()
    checks.that(process.returncode == 0 and what_is_there() == wanted,
                f'{question}: workers killed: status {process.returncode}: {said}')


def kill_parent(question, wanted, whole):
    process = start(question, 3, 'out.csv')
    time.sleep(rng.random() * whole)
    process.kill()
    process.communicate()
    time.sleep(0.3)
    left = subprocess.run(['pgrep', '-r', 'R,S,D,T', '-g', str(process.pid)], capture_output=True, check=False).stdout
    checks.that(not left and wanted.startswith(what_is_there()), f'{question}: parent killed: workers left: {left}')


def stop(question, wanted, whole):
    process = start(question, rng.choice((1, 2, 8)), 'out.csv')
    time.sleep(rng.random() * whole)
    begin = time.monotonic()
    number = rng.choice((signal.SIGINT, signal.SIGTERM))
    process.send_signal(number)
    said = process.communicate()[1].decode()
    seconds = time.monotonic() - begin
    got = what_is_there()
    checks.that(process.returncode in (0, -number), f'{question}: stopped: status {process.returncode}: {said}')
    checks.that(wanted.startswith(got) and got[-1:] in (b'', b'\n'), f'{question}: stopped: not a prefix')
    checks.that(seconds < LIMIT, f'{question}: stopped: after {seconds:.2f} s: {said}')


def main():
    make_tables()
    for question in sys.argv[1:] or QUESTIONS:
        begin = time.monotonic()
        process = start(question, 1, 'ref.csv')
        said = process.communicate()[1].decode()
        checks.that(process.returncode == 0, f'{question}: status {process.returncode}: {said}')
        if process.returncode != 0:
            continue
        whole = time.monotonic() - begin
        wanted = content('ref.csv')
        any_workers(question, wanted)
        for _ in range(ROUNDS):
            kill_workers(question, wanted, whole)
            kill_parent(question, wanted, whole)
            stop(question, wanted, whole)
    return checks.end()


if __name__ == '__main__':
    sys.exit(main())
