#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random command lines on small, odd tables. Each is refused with a message and
without output, or done: never does a worker die, and the rows are the same
bytes for any number of workers. What a refusal names is left out until the
rest is done. ROUNDS=N tables (60), SEED=N.

usage: command_lines.py PROGRAM
"""

import os
import random
import subprocess
import sys
import tempfile

sys.path.append(os.path.join(os.path.dirname(__file__), "../lib"))
import sweeps
from sweeps import noise, with_gaps, write

LEVELS = ['a', 'b', 'c,d', 'e"f', 'g=h', 'x\ny', "it's", '\u00e9', 'z' * 70, '-1', '*', '#1', '@f', '']
# what there is of each option, and how likely it is
OPTIONS = [
    (0.7, '-x', ['x*', 'x0', 'x*,t0', 't*', 'f*,x0', '*', 'empty,x0', 'c0']),
    (0.4, '-c', ['c0', 'c*', 'c0,t0', 'f0', 'g', 'c*,t*', 'empty']),
    (0.4, '--factor', ['f*', 'f0', 'x1', 'c0']),
    (0.1, '--ref', ['t0=a', 't0=c,d', 'f0=1.0', 't0=g=h', 'x0=1']),
    (0.2, '-w', ['w']),
    (0.1, '--weights-for', ['x*=v*', 'y0=w', 'x0=v0']),
    (0.3, '-g', ['g', 'h', 'g,h', 't0', 't*', 'empty']),
    (0.1, '--pool-groups', ['fixed', 'random']),
    (0.1, '--weights-are', ['counts', 'analytic']),
    (0.2, '--transform', ['log(x*)', 'zscore(y*)', 'lag:3(diff(x0))', 'rank-normal(y*)', 'winsor:0.1(x*)']),
    (0.2, '--where', ['x0 > 0', "t0='a' or t0='b'", 'x1 is missing or not x0<1', 'h=1']),
    (0.1, '--pairs', ['unique', 'matched']),
    (0.1, '-m', ['spearman', 'kendall']),
    (0.2, '--se', ['hc0', 'hc1', 'hc2', 'hc3', 'hc4']),
    (0.1, '--se=cluster', ['--cluster=g', '--cluster=h,t0', '--cluster=x0']),
    (0.1, '--se=hac', ['--lag=0', '--lag=3', '--lag=1000']),
    (0.1, '--survey', ['--psu=f1', '--strata=g', '--psu=h']),
    (0.1, '--model-set', ['a:c0,t0', 'b:', 'c:f0,c1']),
    (0.1, '--interact', ['c0', 'f0', 't0', 'x0']),
    (0.1, '--poly', ['2', '3', '20']),
    (0.1, '--missing', ['listwise', 'mean']),
    (0.2, '--p-max', ['0.5', '1e-6']),
    (0.1, '--top', ['3']),
    (0.1, '--adjust', ['bh', 'holm,by,storey']),
    (0.1, '--family', ['y', 'group', 'set,x']),
    (0.1, '--permute', ['9']),
    (0.2, '--rows', ['terms']),
    (0.1, '--contrasts', ['tukey', 'holm']),
    (0.2, '--columns', ['all', '+n_levels,+vif,+cond', '+bp_p,+dw,+cooks_max', '+f,+r_low,+std_beta']),
    (0.1, '--format', ['tsv', 'jsonl']),
    (0.1, '--engine', ['exact']),
]


def make_table(rng, path):
    n = rng.choice([0, 1, 2, 3, 5, 7, 12, 20, 40, 90])
    gap = rng.choice([0.0, 0.0, 0.05, 0.3, 0.9])
    levels = LEVELS[:rng.choice([2, 3, 8, len(LEVELS)])]
    columns = {name: with_gaps(rng, noise(rng, n, rng.choice([1.0, 1.0, 1e-150, 1e15])), gap)
               for name in ['y0', 'y1', 'x0', 'x1', 'x2', 'c0', 'c1']}
    for name in 'f0', 'f1':
        columns[name] = with_gaps(rng, [float(rng.randrange(len(levels))) for _ in range(n)], gap)
    for name in 't0', 't1':
        columns[name] = with_gaps(rng, [rng.choice(levels) for _ in range(n)], gap)
    columns['g'] = [rng.choice('ABC') for _ in range(n)]
    columns['h'] = [float(rng.randrange(3)) for _ in range(n)]
    for name in 'w', 'v0', 'v1', 'v2':
        columns[name] = [float(rng.randrange(3)) for _ in range(n)]
    columns['empty'] = [None] * n
    write(path, columns)


def run(program, path, options, jobs):
    words = [word for option in options for word in option]
    return subprocess.run([program, 'run', '-q', '-j', str(jobs), *words, path],
                          capture_output=True, check=False, timeout=300)


def fault_of(program, path, options, rng):
    """What is wrong with it, or None."""
    while True:
        done = run(program, path, options, rng.choice([1, 2]))
        if done.returncode == 0:
            break
        if done.returncode not in (2, 3) or done.stdout or not done.stderr.startswith(b'regsweep: '):
            return f'exit status {done.returncode}: {done.stderr.decode()[-1500:]}'
        if len(options) == 1:
            return None
        said = done.stderr.decode()
        named = [o for o in options[1:] if any(word.startswith('--') and word.split('=')[0] in said for word in o)]
        options.remove(rng.choice(named or options[1:]))
    again = run(program, path, options, 3)
    return None if again.stdout == done.stdout else f'other rows with -j 3: {again.stderr.decode()}'


def main():
    program = os.path.abspath(sys.argv[1])
    seed = int(os.environ.get("SEED", "4711"))
    checks = sweeps.Checks()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "d.csv")
        for k in range(seed, seed + int(os.environ.get("ROUNDS", "60"))):
            rng = random.Random(k)
            make_table(rng, path)
            options = [["-y", rng.choice(["y*", "y0"])]]
            options += [[name, rng.choice(values)] for likely, name, values
                        in OPTIONS if rng.random() < likely]
            fault = fault_of(program, path, options, rng)
            checks.that(fault is None, f"SEED={k} ROUNDS=1", options, fault)
    return checks.end()


if __name__ == "__main__":
    sys.exit(main())
