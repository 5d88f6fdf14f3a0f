#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Subcommands, options and what they do, the words that are values, topics,
# files.
mkdir folder .hidden
touch a.csv a.tsv.gz notes.md .b.csv folder/c.sav folder/plot.png
touch only.md
ask() { # SHELL BEFORE [BEHIND]
    echo "$1: $2|${3:-}"
    regsweep __complete "$1" "$2" "$2${3:-}" $' \t\n"'\''><=;|&(:' 2>&1 | sed 's/^/    /'
}
ask fish 'regsweep '
ask bash 'regsweep --'
ask bash 'OMP_NUM_THREADS=1 regsweep d'
ask bash 'cat a.csv | regsweep b'
ask fish 'regsweep run --top'
ask zsh 'regsweep run --top'
ask fish 'regsweep run -j'
ask bash 'regsweep run --format '
ask bash 'regsweep describe --format '
ask bash 'regsweep run --format=s'
ask bash 'regsweep run --se h'
ask bash 'regsweep run --model '
ask bash 'regsweep run --adjust bh,h'
ask bash 'regsweep run --columns +d'
ask bash 'regsweep run --family '
ask bash 'regsweep run --delimiter '
ask bash 'regsweep run --decimal '
ask bash 'regsweep run --pairs '
ask fish 'regsweep run --transform w'
ask bash 'regsweep run --transform l'
ask bash 'regsweep run --top '
ask bash 'regsweep run --no-such '
ask bash 'regsweep help li'
ask bash 'regsweep help form'
ask bash 'regsweep run '
ask bash 'regsweep run a.t'
ask bash 'regsweep run n'
ask bash 'regsweep run .'
ask bash 'regsweep run folder/'
ask bash 'regsweep run -- -'
ask bash 'regsweep run -o n'
ask bash 'regsweep run -y @o'
ask bash 'regsweep run --pairs @o'
ask bash 'regsweep run a.csv > n'
