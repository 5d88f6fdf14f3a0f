#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""INT and TERM at random moments, for every kind of output: how long a run then
takes to end, that it ends by the signal, and that the rows it announces are
those that are there.

usage: stops.py [KIND...]      in an empty folder, regsweep in PATH

Prints a line for each kind with the longest time, a line for each failure, and
`N passed, N failed, N skipped`. ROUNDS=N moments of each kind (20), SEED=N, LIMIT=SECONDS (2:
one, and a commit under way on a machine that has other things to do). URL of a
PostgreSQL server: its kinds are run, too.
"""
import gzip
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time

ROUNDS = int(os.environ.get('ROUNDS', '20'))
LIMIT = float(os.environ.get('LIMIT', '2'))
URL = os.environ.get('URL')
COLUMNS = 1000
PAIRS = COLUMNS * (COLUMNS - 1)
random.seed(int(os.environ.get('SEED', '4711')))
passed = failed = 0


def verdict(good, text):
    global passed, failed
    passed += bool(good)
    failed += not good
    if not good:
        print('FAIL', text)


def make_table():
    with open('d.csv', 'w') as out:
        print(*[f'c{j}' for j in range(COLUMNS)], sep=',', file=out)
        for _ in range(100):
            print(*[f'{random.random():.4f}' for _ in range(COLUMNS)], sep=',', file=out)


def clean():
    for name in os.listdir():
        if name.startswith('out'):
            os.remove(name)


def default_signals():
    os.setsid()
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, signal.SIG_DFL)


# ---- readers of a pipe -------------------------------------------------------


class Reader(threading.Thread):
    """Takes bytes a second from a pipe; 0: none before `release` is called."""

    def __init__(self, fd, rate):
        super().__init__(daemon=True)
        self.fd, self.rate, self.got = fd, rate, []
        self.let_go = threading.Event()
        self.start()

    def run(self):
        if self.rate == 0:
            self.let_go.wait()
        while True:
            chunk = os.read(self.fd, 65536)
            if not chunk:
                break
            self.got.append(chunk)
            if self.rate and not self.let_go.is_set():
                time.sleep(len(chunk) / self.rate)

    def release(self):
        self.let_go.set()
        self.join()
        return b''.join(self.got)


# ---- what is there -----------------------------------------------------------


def lines(data, header):
    """Whole lines besides the header."""
    return max(data.count(b'\n') - header, 0)


def in_file(name, unpack, header, whole=True):
    def count():
        path = name if os.path.exists(name) else name + '.partial'
        if not os.path.exists(path):
            return 0
        data = unpack(path)
        verdict(not data or data.endswith(b'\n'), f'{path} ends in a torn row')
        return lines(data, header)
    return count


def plain(path):
    with open(path, 'rb') as f:
        return f.read()


def gunzip(path):
    with gzip.open(path) as f:
        return f.read()


def unzstd(path):
    return subprocess.run(['zstd', '-qdc', path], check=True, capture_output=True).stdout


def in_sqlite():
    if not os.path.exists('out.db') or os.path.getsize('out.db') == 0:
        return 0
    db = sqlite3.connect('out.db')
    check = db.execute('PRAGMA integrity_check').fetchone()[0]
    if db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'runs'").fetchone()[0] == 0:
        return 0
    tables = db.execute("SELECT name FROM sqlite_master WHERE name IN ('fits', 'terms')").fetchall()
    rows = sum(db.execute(f'SELECT count(*) FROM {name}').fetchone()[0] for name, in tables)
    noted = db.execute('SELECT rows_written FROM runs').fetchone()[0]
    db.close()
    verdict(check == 'ok' and rows == noted, f'out.db: {check}, {rows} rows, {noted} noted')
    return rows


def psql(text):
    return subprocess.run(['psql', '-qAtX', URL, '-c', text], check=True, capture_output=True, text=True).stdout.strip()


def in_postgres():
    if psql("SELECT to_regclass('runs') IS NULL") == 't':
        return 0
    tables = [name for name in ('fits', 'terms') if psql(f"SELECT to_regclass('{name}') IS NULL") == 'f']
    rows = sum(int(psql(f'SELECT count(*) FROM {name}')) for name in tables)
    noted = int(psql('SELECT rows_written FROM runs'))
    verdict(rows == noted, f'postgres: {rows} rows, {noted} noted')
    return rows


def in_matrix():
    verdict(not os.path.exists('out.npy.partial'), 'out.npy.partial is left')
    return PAIRS if os.path.exists('out.npy') else 0


# ---- kinds -------------------------------------------------------------------

# name: (options, what counts the rows, rows of a pair)
FILES = {
    'csv': (['-o', 'out.csv'], in_file('out.csv', plain, 1), 1),
    'tsv': (['-o', 'out.tsv'], in_file('out.tsv', plain, 1), 1),
    'gz': (['-o', 'out.csv.gz'], in_file('out.csv.gz', gunzip, 1), 1),
    'zst': (['-o', 'out.csv.zst'], in_file('out.csv.zst', unzstd, 1), 1),
    'jsonl': (['-o', 'out.jsonl'], in_file('out.jsonl', plain, 0), 1),
    'jsonl.zst': (['-o', 'out.jsonl.zst'], in_file('out.jsonl.zst', unzstd, 0), 1),
    'terms': (['--rows', 'terms', '-o', 'out.csv'], in_file('out.csv', plain, 1), 2),
    'npy': (['--columns', 'p_bh', '--adjust', 'bh', '-o', 'out.npy'], in_matrix, None),
    'sqlite': (['-o', 'out.db'], in_sqlite, 1),
    'sqlite.terms': (['--rows', 'both', '-o', 'out.db'], in_sqlite, 3),
}
# name: (options, bytes a second of the reader; None: no reader at all)
PIPES = {
    'pipe.slow': ([], 2e6),
    'pipe.stalled': ([], 0),
    'fifo.slow': (['-o', 'out.fifo'], 2e6),
    'fifo.stalled': (['-o', 'out.fifo'], 0),
    'fifo.none': (['-o', 'out.fifo'], None),
    'top.stalled': (['--top', '5000'], 0),
    'permute': (['--permute', '100000', '-o', 'out.csv'], None),
}
if URL:
    FILES['postgres'] = (['-o', URL], in_postgres, 1)
    FILES['postgres.terms'] = (['--rows', 'both', '-o', URL], in_postgres, 3)


def start(options, jobs, out):
    return subprocess.Popen(['regsweep', 'run', '-j', str(jobs), '-y', '*', '-x', '*', 'd.csv', *options],
                            stdout=out, stderr=subprocess.PIPE, preexec_fn=default_signals)


def announced(text):
    found = re.search(r'([\d,]+) of [\d,]+ pairs were written', text)
    if 'all pairs had been written' in text:
        return PAIRS
    return int(found.group(1).replace(',', '')) if found else 0


def stop(process, number):
    """Seconds to the end, and what it said."""
    begin = time.monotonic()
    process.send_signal(number)
    text = process.communicate()[1].decode()
    return time.monotonic() - begin, text


def judge(name, round_, number, process, seconds, text):
    """True when the signal came in time to matter."""
    ended = -process.returncode == number
    verdict(ended or process.returncode == 0, f'{name}, round {round_}: status {process.returncode}: {text}')
    verdict(seconds < LIMIT, f'{name}, round {round_}: {seconds:.2f} s: {text}')
    return ended


def run_file(name, longest):
    options, count, each = FILES[name]
    clean()
    if URL:
        psql('DROP TABLE IF EXISTS fits, terms, runs')
    begin = time.monotonic()
    process = start(options, 2, subprocess.DEVNULL)
    process.communicate()
    whole = time.monotonic() - begin
    verdict(process.returncode == 0, f'{name}: status {process.returncode}')
    hits = some = 0
    for i in range(ROUNDS):
        number = (signal.SIGTERM, signal.SIGINT)[i % 2]
        clean()
        if URL:
            psql('DROP TABLE IF EXISTS fits, terms, runs')
        process = start(options, (1, 2, 8)[i % 3], subprocess.DEVNULL)
        time.sleep(random.random() * whole)
        seconds, text = stop(process, number)
        longest.append(seconds)
        hit = judge(name, i, number, process, seconds, text)
        hits += hit
        rows = count()
        said = announced(text) if hit else PAIRS
        some += 0 < said < PAIRS
        if each is None: # a matrix is there, or is not
            verdict(rows in (0, PAIRS) and (hit or rows), f'{name}, round {i}: {text}')
        else:
            verdict(rows == said * each, f'{name}, round {i}: {said} pairs announced, {rows} rows there: {text}')
    verdict(hits > 0, f'{name}: no signal came in time')
    return f'{whole:.2f} s whole, {hits} of {ROUNDS} stopped, {some} with some rows'


def open_pipe(name):
    """What the run writes to, and the end to read from."""
    if not name.startswith('fifo'):
        return os.pipe()[::-1]
    os.mkfifo('out.fifo')
    if name == 'fifo.none':
        return subprocess.DEVNULL, None
    return subprocess.DEVNULL, os.open('out.fifo', os.O_RDONLY | os.O_NONBLOCK)


def run_pipe(name, longest):
    options, rate = PIPES[name]
    some = 0
    for i in range(ROUNDS):
        number = (signal.SIGTERM, signal.SIGINT)[i % 2]
        clean()
        out, end = open_pipe(name)
        process = start(options, (1, 2, 8)[i % 3], out)
        if not isinstance(out, int) or out >= 0:
            os.close(out)
        reader = None
        if rate is not None:
            if name.startswith('fifo'):
                while os.path.exists('out.fifo') and process.poll() is None and not writer_is_there(end):
                    time.sleep(0.005)
                os.set_blocking(end, True)
            reader = Reader(end, rate)
        time.sleep(0.1 + random.random())
        seconds, text = stop(process, number)
        longest.append(seconds)
        hit = judge(name, i, number, process, seconds, text)
        verdict(hit, f'{name}, round {i}: not stopped: {text}')
        if reader is None:
            if end is not None:
                os.close(end)
            continue
        rows = lines(reader.release(), 1)
        os.close(end)
        said = announced(text)
        if name.startswith('top'):
            found = re.search(r', and ([\d,]+) rows', text)
            said = int(found.group(1).replace(',', '')) if found else 0
        some += rows > 0
        verdict(rows == said, f'{name}, round {i}: {said} announced, {rows} rows there: {text}')
    return f'{ROUNDS} stopped, {some} with some rows'


def writer_is_there(end):
    """A FIFO without a writer has nothing to wait for."""
    import select
    poll = select.poll()
    poll.register(end, select.POLLIN)
    return any(event & select.POLLIN for _, event in poll.poll(0))


def second_signal():
    """The second one waits for nothing."""
    out, end = os.pipe()[::-1]
    worst = 0
    for _ in range(5):
        process = start(['--engine', 'exact', '--bootstrap', '100000'], 2, out)
        time.sleep(0.7)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.1)
        seconds, text = stop(process, signal.SIGINT)
        worst = max(worst, seconds)
        verdict(-process.returncode in (signal.SIGINT, signal.SIGTERM), f'second signal: status {process.returncode}: {text}')
    verdict(worst < 0.5, f'second signal: {worst:.2f} s')
    print(f'second signal: longest {worst:.2f} s')
    os.close(out)
    os.close(end)


def main():
    skipped = 0
    make_table()
    names = sys.argv[1:] or [*FILES, *PIPES]
    for name in names:
        if 'zst' in name and shutil.which('zstd') is None:
            print(f'SKIP: {name}: no zstd')
            skipped += 1
            continue
        longest = []
        what = run_file(name, longest) if name in FILES else run_pipe(name, longest)
        print(f'{name}: longest {max(longest):.2f} s, median {sorted(longest)[len(longest) // 2]:.2f} s; {what}', flush=True)
    if not sys.argv[1:]:
        second_signal()
    clean()
    print(f'{passed} passed, {failed} failed, {skipped} skipped')
    return failed > 0


sys.exit(main())
