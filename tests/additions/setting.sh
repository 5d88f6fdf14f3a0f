# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# An option: its row, and a line of the file that uses it. Parser, help and
# messages follow.
change() {
    row cmd/run/ask/setting_rows.h 'SECTION(reading, ' 'ROW(COUNT, reading, first, "first", 0, "N", RS_CMD_DESCRIBE, NULL, NULL, 1, 9007199254740992.0, "describe the first N columns only", NULL)'
    row cmd/cmd_describe.c 'described->n_shown = count_shown(described, settings);' '    if (settings->reading.first > 0 && settings->reading.first < described->n_shown) described->n_shown = (size_t)settings->reading.first;'
}
try() {
    printf 'a,b,c\n1,2,3\n4,5,9\n' >d.csv
    regsweep describe --format csv --first 2 d.csv | cut -d, -f1-4
    regsweep describe --first 0 d.csv
    regsweep run --first 2 d.csv -y a
    regsweep describe --help | grep -e --first
}
