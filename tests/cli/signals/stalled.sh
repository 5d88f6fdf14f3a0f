#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A signal ends a run that waits for the reader of its output, or whose workers
# keep up with a slow one; the rows that it announces are those that arrived. The
# second signal waits for nothing. (All kinds: tests/fault/stops.py.)
awk 'BEGIN{srand(3); for(j=0;j<400;j++) printf "%sc%d", (j?",":""), j; print ""; for(i=0;i<100;i++){for(j=0;j<400;j++) printf "%s%.4f", (j?",":""), rand(); print ""}}' >d.csv
cat >stop.py <<'P'
import os, re, signal, subprocess, sys, threading, time
rate, args = float(sys.argv[1]), sys.argv[2:]
signals = [signal.SIGTERM, signal.SIGINT] if rate == -2 else [signal.SIGTERM]
got = b''
end, out = os.pipe()
if '-o' in args: # a FIFO: without a reader (-1), or with one
    os.mkfifo(args[-1])
def read():
    global got
    while rate <= 0 and not gone.is_set():
        time.sleep(0.01)
    for chunk in iter(lambda: os.read(end, 65536), b''):
        got += chunk
        if not gone.is_set():
            time.sleep(len(chunk) / rate)
gone = threading.Event()
p = subprocess.Popen(['regsweep', 'run', '-j', '2', '-y', '*', '-x', '*', 'd.csv', *args], stdout=out, stderr=subprocess.PIPE)
os.close(out)
reader = threading.Thread(target=read)
reader.start()
time.sleep(0.7)
begin = time.time()
for number in signals:
    p.send_signal(number)
    time.sleep(0.1 if rate == -2 else 0)
text = p.stderr.read().decode()
status = p.wait()
gone.set()
reader.join()
rows = max(got.count(b'\n') - 1, 0)
said = re.search('([0-9,]+) of 159,600 pairs were written', text)
print(signal.Signals(-status).name, 'in time' if time.time() - begin < 2 else 'late', 'interrupted' in text,
      rows > 0, rows == (int(said[1].replace(',', '')) if said else 0))
P
echo stalled, slow; python3 stop.py 0; python3 stop.py 2e6
echo a FIFO without a reader; python3 stop.py -1 -o fifo
echo two signals; python3 stop.py -2 --bootstrap 100000
echo permutations, the first pass
python3 stop.py -1 --permute 1000000
python3 stop.py -1 --adjust bh --engine exact --bootstrap 100000
