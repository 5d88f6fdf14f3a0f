# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A subcommand: its file, its row, and its bit for the settings that it knows.
change() {
    add tests/additions/cmd_files.c cmd/cmd_files.c
    add tests/additions/cmd_files.h cmd/cmd_files.h
    row cmd/command_table.c '#include "cmd_describe.h"' '#include "cmd_files.h"'
    row cmd/command_table.c 'const struct rs_command rs_command_table[]' '    {"files", RS_CMD_FILES, "FILE...", "Count the files.", rs_cmd_files},'
    edit cmd/run/ask/setting.h 's/RS_CMD_BENCH = 4/RS_CMD_BENCH = 4, RS_CMD_FILES = 8/'
}
try() {
    regsweep files a b c
    regsweep files --na x a
    regsweep --help | grep 'files '
}
