/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command_table.h"

#include "cmd_bench.h"
#include "cmd_describe.h"
#include "cmd_run.h"

#include <assert.h>
#include <string.h>

const struct rs_command rs_command_table[] = {
    {"run", RS_CMD_RUN, "FILE...",
     "Fit every pair of columns and write a row each.", rs_cmd_run},
    {"describe", RS_CMD_DESCRIBE, "FILE...",
     "Show columns, types, missing values and simple moments.",
     rs_cmd_describe},
    {"bench", RS_CMD_BENCH, "[FILE]",
     "Measure stages, speed-up by workers and the bottleneck.", rs_cmd_bench},
};

const size_t rs_command_count =
    sizeof rs_command_table / sizeof rs_command_table[0];

static_assert(sizeof rs_command_table / sizeof rs_command_table[0] <=
                  RS_COMMANDS_MOST,
              "lists of names have room for all");

const struct rs_command *rs_command_find(const char *name)
{
    for (size_t i = 0; i < rs_command_count; i++)
        if (strcmp(rs_command_table[i].name, name) == 0)
            return &rs_command_table[i];
    return NULL;
}
