# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A kind of output: its sink, its row, and the word for --format. By hand, of
# x = 1, 2, 3: y = 1, 2, 4 has slope 3/2 and intercept -2/3; of the constant x
# nothing is known. What is packed, kept and cut is as of every sink of lines.
change() {
    add tests/additions/sink_markdown.c io/sink/sink_markdown.c
    add tests/additions/sink_markdown.h io/sink/sink_markdown.h
    row io/kinds/output_kinds.c '#include "sink_jsonl.h"' '#include "sink_markdown.h"'
    row io/kinds/output_kinds.c '&rs_output_npy,' '    &rs_output_markdown,'
    edit io/kinds/output_kinds.h 's/ last "npy"$/ between "npy" last "markdown"/'
}
try() {
    printf 'a|b,x,one\n1,1,1\n2,2,1\n4,3,1\n' >d.csv
    regsweep run -q d.csv -y 'a|b' -x x -x one --columns y,x,beta,intercept -o fits.md --digits 3
    cat fits.md
    regsweep run -q d.csv -y 'a|b' -x x --columns y,x,beta --format markdown
    regsweep run -q d.csv -y 'a|b' -x x --columns y,x,beta -o fits.md.gz
    gzip -dc fits.md.gz
    regsweep run -q d.csv -y 'a|b' -x x -o fits.md
    regsweep run --help | grep -A 1 -e --format
}
