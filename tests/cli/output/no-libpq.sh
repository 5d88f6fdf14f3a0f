#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# libpq is wanted by databases of PostgreSQL alone, and has to be one.
mkdir lib
echo "no library" >lib/libpq.so.5
export LD_LIBRARY_PATH=$PWD/lib
regsweep run -q "$EXAMPLES/elements.csv" -y density -x period -o out.csv && head -n 1 out.csv
regsweep --version -v | grep -o '^no libpq: PostgreSQL needs [^:]*'
regsweep run -q "$EXAMPLES/elements.csv" -y density -x period -o postgresql://user:secret@localhost/none
echo "exit status $?"
# a library without its functions
cp "$(ldd "$(command -v regsweep)" | awk '$1 ~ /^libcsv/ {print $3}')" lib/libpq.so.5
regsweep run -q "$EXAMPLES/elements.csv" -y density -x period -o postgresql://user:secret@localhost/none
