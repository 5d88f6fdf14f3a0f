#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: shells.py REGSWEEP

Types command lines into bash, zsh and fish, on a terminal of their own, with
the completions of packaging/completions, and looks at what Tab makes of them. A
shell that is not there is skipped."""
import gzip
import os
import pty
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCRIPTS = os.path.join(ROOT, 'packaging', 'completions')
SECONDS = 20

# How a shell is started; what it is told first: the completions, and Ctrl-T to
# write the line, as it is, to the file `line`.
SHELLS = {
    'bash': (['bash', '--norc', '--noprofile', '-i'],
             f'source {SCRIPTS}/regsweep.bash\n'
             "bind -x '\"\\C-t\": printf \"%s\" \"$READLINE_LINE\" >new; mv new line'\n"
             "bind 'set bell-style none'; bind 'set show-all-if-ambiguous on'; bind 'set completion-query-items 0'; bind 'set page-completions off'\n"),
    'zsh': (['zsh', '-f', '-i'],
            f'fpath=({SCRIPTS} $fpath); autoload -Uz compinit; compinit -u -D\n'
            'unsetopt zle_bracketed_paste; unset zle_bracketed_paste; setopt no_beep; LISTMAX=1000\n'
            'dump() { print -rn -- "$BUFFER" >new; mv new line }; zle -N dump; bindkey -e; bindkey "^T" dump\n'),
    'fish': (['fish', '--no-config', '-i'],
             f'source {SCRIPTS}/regsweep.fish; set fish_greeting\n'
             "bind \\ct 'commandline >new; mv new line'\n"),
}

HEADER = '''Age,Body Mass,it's,"comma,name",Größe,"say ""hi""",$cost,BMI,X1,X2\n'''

# What is typed before Tab; what the line is then, in bash, zsh and fish (one:
# in all of them). | is the cursor, else it is at the end.
CASES = [
    ('regsweep ru', 'regsweep run '),
    ('regsweep run --depen', 'regsweep run --dependent '),
    ('regsweep run d.csv --se clus', 'regsweep run d.csv --se cluster '),
    ('regsweep run d.csv --adjust bh,hol', 'regsweep run d.csv --adjust bh,holm '),
    ('regsweep run d.csv --format sq', 'regsweep run d.csv --format sqlite '),
    ('regsweep run d.csv -y Ag', 'regsweep run d.csv -y Age '),
    ('regsweep run -y Ag| d.csv', 'regsweep run -y Age d.csv', 'regsweep run -y Age  d.csv',
     'regsweep run -y Ag d.csv'),  # fish does not tell what is behind the cursor
    ('regsweep run d.csv.gz -y Age,BM', 'regsweep run d.csv.gz -y Age,BMI '),
    ('regsweep run d.csv -y Bod', 'regsweep run d.csv -y Body\\ Mass '),
    ('regsweep run d.csv -y Age,Bod', 'regsweep run d.csv -y Age,Body\\ Mass '),
    ("regsweep run d.csv -y 'Bod", "regsweep run d.csv -y 'Body Mass' "),
    ('regsweep run d.csv -y "Age,Bod', 'regsweep run d.csv -y "Age,Body Mass" '),
    ('regsweep run d.csv -y it', "regsweep run d.csv -y it\\'s "),
    ('regsweep run d.csv -y "it', 'regsweep run d.csv -y "it\'s" '),
    ('regsweep run d.csv -y comm', 'regsweep run d.csv -y comma\\\\,name '),
    ('regsweep run d.csv -y Gr', 'regsweep run d.csv -y Größe '),
    ('regsweep run d.csv -y sa', 'regsweep run d.csv -y say\\ \\"hi\\" '),
    ('regsweep run d.csv --dependent=Bod', 'regsweep run d.csv --dependent=Body\\ Mass '),
    ('regsweep run d.csv --ref Ag', 'regsweep run d.csv --ref Age='),
    ('regsweep run semi.csv -d semicolon -y Wei', 'regsweep run semi.csv -d semicolon -y Weight '),
    ('regsweep describe d.csv --truth Ag', 'regsweep describe d.csv --truth Age '),
    ('regsweep run sub', 'regsweep run sub/'),
    ('regsweep help li', 'regsweep help lists '),
    ('regsweep run fifo -y Ag', 'regsweep run fifo -y Ag'),
]


class Terminal:
    """A shell on a terminal."""

    def __init__(self, shell, folder):
        self.folder = folder
        self.shown = b''
        command, setup = SHELLS[shell]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execvp(command[0], command)
        for line in setup.splitlines():
            self.type(line + '\n')

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, seconds):
        """Takes what the shell shows, so that it never waits for us."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            more = os.read(self.fd, 65536)
        except OSError:
            more = b''
        self.shown += more
        return more != b''

    def line(self):
        """The line as it is, and then an empty one."""
        path = os.path.join(self.folder, 'line')
        end = time.time() + SECONDS
        self.type('\x14')
        while not os.path.exists(path):
            self.read(0.02)
            if time.time() > end:
                return 'nothing; the terminal shows ' + repr(self.shown[-400:])
        with open(path, encoding='utf-8') as file:
            text = file.read().removesuffix('\n')
        os.remove(path)
        self.type('\x15\x0b')
        return text

    def complete(self, typed):
        before, _, behind = typed.partition('|')
        self.type(before + behind + '\x02' * len(behind) + '\t')
        return self.line()

    def close(self):
        os.close(self.fd)
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)


def make_files(folder):
    with open(os.path.join(folder, 'd.csv'), 'w', encoding='utf-8') as file:
        file.write(HEADER + '1,2,3,4,5,6,7,8,9,10\n')
    with gzip.open(os.path.join(folder, 'd.csv.gz'), 'wt') as file:
        file.write(HEADER + '1,2,3,4,5,6,7,8,9,10\n')
    with open(os.path.join(folder, 'semi.csv'), 'w', encoding='utf-8') as file:
        file.write('a,b;Weight\n1;2\n')
    os.mkdir(os.path.join(folder, 'sub'))
    os.mkfifo(os.path.join(folder, 'fifo'))


def check_shell(shell, folder):
    """Returns how many cases passed and failed."""
    failed = 0
    terminal = Terminal(shell, folder)
    for case in CASES:
        expected = case[1] if len(case) == 2 else case[1 + list(SHELLS).index(shell)]
        got = terminal.complete(case[0])
        if got != expected:
            failed += 1
            print(f'FAIL {shell}: {case[0]!r} became {got!r}, not {expected!r}')
    passed = len(CASES) - failed
    terminal.shown = b''
    terminal.type('regsweep run d.csv -y \t')
    terminal.line()
    names = [b'Age', b'BMI', 'Größe'.encode(), b'X1', b'X2']
    if shell != 'bash':
        terminal.type('regsweep run --model\t')
        terminal.line()
        names.append(b'ols: least squares')
    missing = [name.decode() for name in names if name not in terminal.shown]
    if missing:
        print(f'FAIL {shell}: does not show {missing}; {terminal.shown!r}')
    terminal.close()
    return passed + (not missing), failed + bool(missing)


def main():
    os.environ['PATH'] = os.path.dirname(os.path.abspath(sys.argv[1])) + ':' + os.environ['PATH']
    os.environ.update(TERM='xterm', LC_ALL='C.UTF-8', COLUMNS='200', LINES='50')
    total = [0, 0, 0]
    for shell in SHELLS:
        if shutil.which(shell) is None:
            print(f'SKIP: no {shell} to complete in')
            total[2] += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            os.environ.update(HOME=folder, XDG_CONFIG_HOME=folder, XDG_DATA_HOME=folder, HISTFILE='')
            make_files(folder)
            passed, failed = check_shell(shell, folder)
            total[0] += passed
            total[1] += failed
    print(f'{total[0]} passed, {total[1]} failed, {total[2]} skipped')
    return total[1] > 0


if __name__ == '__main__':
    sys.exit(main())
