/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"
#include "output_kinds.h"

#include <assert.h>

#define ALL       (RS_CMD_RUN | RS_CMD_DESCRIBE | RS_CMD_BENCH)
#define SWEEPS    (RS_CMD_RUN | RS_CMD_BENCH)
#define RUN       RS_CMD_RUN
#define BENCH     RS_CMD_BENCH
#define AT(field) offsetof(struct rs_options, field)

static const char selecting[] = "Selecting columns";
static const char modelling[] = "Model";
static const char missing[] = "Missing values";
static const char reading[] = "Reading";
static const char keeping[] = "Keeping";
static const char testing[] = "Multiple testing and resampling";
static const char writing[] = "Output";
static const char running[] = "Running";
static const char informing[] = "Information";

/* clang-format off */
const struct rs_option rs_option_table[] = {
    {"dependent", 'y', "COLS", RS_OPTION_LIST, SWEEPS, selecting, AT(dependent), NULL, 0, 0,
     "columns to explain; may be given again",
     "Required where there is a FILE. See SELECTING COLUMNS for what COLS may be."},
    {"independent", 'x', "COLS", RS_OPTION_LIST, SWEEPS, selecting, AT(independent), NULL, 0, 0,
     "columns to explain them by (default: every numeric column not used otherwise)",
     NULL},
    {"covariates", 'c', "COLS", RS_OPTION_LIST, SWEEPS, selecting, AT(covariates), NULL, 0, 0,
     "columns that every model contains besides x",
     "A text column enters as categories: one coefficient for every level but the first, in byte order, of those present in the rows used."},
    {"factor", 0, "COLS", RS_OPTION_LIST, SWEEPS, selecting, AT(factors), NULL, 0, 0,
     "covariates whose numbers are codes of categories",
     "The columns must be among the covariates. Equal numbers are one category, however written; see CATEGORIES."},
    {"weights", 'w', "COL", RS_OPTION_LIST, SWEEPS, selecting, AT(weights), NULL, 0, 0,
     "column of the rows' weights: weighted least squares",
     "Weights are used as they are, not rescaled. A row whose weight is 0 or missing is left out, as if its cells were missing; a negative weight is an error."},
    {"pairs", 0, "WHICH", RS_OPTION_CHOICE, SWEEPS, selecting, AT(pairs), "all|unique|matched", 0, 0,
     "all: every y with every x; unique: each pair of one list once; matched: first y with first x, and so on",
     "A column is never paired with itself, and a covariate takes part in no pair."},

    {"model", 'm', "MODEL", RS_OPTION_TEXT, SWEEPS, modelling, AT(model), NULL, 0, 0,
     "ols: least squares (the default)",
     NULL},
    {"no-intercept", 0, NULL, RS_OPTION_FLAG, SWEEPS, modelling, AT(no_intercept), NULL, 0, 0,
     "fit through the origin",
     "r2 is then about zero, not about the mean, as R reports it."},
    {"conf-level", 0, "LEVEL", RS_OPTION_REAL, SWEEPS, modelling, AT(conf_level), NULL, 0, 1,
     "confidence level of ci_low and ci_high (default 0.95)",
     NULL},

    {"na", 0, "STRINGS", RS_OPTION_TEXT, ALL, missing, AT(na), NULL, 0, 0,
     "cells that mean missing, separated by commas (default: empty, NA, N/A, NaN, null, .)",
     "The list replaces the default one; write a leading or double comma for the empty cell. Among numbers, nan in any case is missing whatever the list; a text column has what the list does not name."},
    {"missing", 0, "HOW", RS_OPTION_CHOICE, SWEEPS, missing, AT(missing), "pairwise|listwise|mean|fail", 0, 0,
     "pairwise: each fit on the rows that have its columns; listwise: only rows that have all columns used; mean: fill x alone, with its mean; fail: refuse",
     "Filling has a price: see MISSING VALUES."},
    {"min-n", 0, "N", RS_OPTION_COUNT, SWEEPS, missing, AT(min_n), NULL, 0, 9007199254740992.0,
     "pairs with fewer rows are not fitted (status n_too_small)",
     NULL},

    {"delimiter", 'd', "CHAR", RS_OPTION_CHAR, ALL, reading, AT(delimiter), NULL, 0, 0,
     "field separator: a character, or comma, tab, semicolon, pipe (default: found from the first lines)",
     NULL},
    {"decimal", 0, "CHAR", RS_OPTION_CHAR, ALL, reading, AT(decimal), NULL, 0, 0,
     "decimal mark of the input, . or , (default .)",
     "A decimal comma cannot be the delimiter too: where the first lines show no other, regsweep asks for one."},
    {"no-header", 0, NULL, RS_OPTION_FLAG, ALL, reading, AT(no_header), NULL, 0, 0,
     "the first record is data; columns are called V1, V2, ...",
     NULL},
    {"transpose", 0, NULL, RS_OPTION_FLAG, ALL, reading, AT(transpose), NULL, 0, 0,
     "one variable a line: its name, then its value in each sample",
     "The header names the samples; several FILEs are joined by these names. See TRANSPOSED FILES."},
    {"key", 0, "COL", RS_OPTION_TEXT, RS_CMD_RUN | RS_CMD_DESCRIBE, reading, AT(key), NULL, 0, 0,
     "column by whose text several FILEs are joined",
     "Required with several FILEs; see SEVERAL FILES."},

    {"p-max", 0, "P", RS_OPTION_REAL, SWEEPS, keeping, AT(p_max), NULL, 0, 1,
     "write only pairs with p at most P",
     "All pairs are tested and counted, whatever is written. A perfect fit counts as p = 0; a pair without p is not written."},
    {"r2-min", 0, "R", RS_OPTION_REAL, SWEEPS, keeping, AT(r2_min), NULL, 0, 1,
     "write only pairs with r2 of at least R",
     NULL},
    {"top", 0, "K", RS_OPTION_COUNT, SWEEPS, keeping, AT(top), NULL, 1, 100000000,
     "write only the K pairs of smallest p, in order of p",
     "Of pairs with equal p the one that comes first in the sweep is first. With --p-max or --r2-min: the best of those."},
    {"top-per-y", 0, "K", RS_OPTION_COUNT, SWEEPS, keeping, AT(top_per_y), NULL, 1, 1000000,
     "write only the K best pairs of every dependent column",
     "Memory grows by about 130 bytes for each of them."},
    {"top-per-x", 0, "K", RS_OPTION_COUNT, SWEEPS, keeping, AT(top_per_x), NULL, 1, 1000000,
     "write only the K best pairs of every independent column",
     "Memory grows as with --top-per-y. Only one of the three --top options can be given."},

    {"adjust", 0, "METHODS", RS_OPTION_TEXT, RUN, testing, AT(adjust), NULL, 0, 0,
     "columns of p adjusted for multiple testing: bonferroni, holm, hochberg, bh, by, storey",
     "A list, separated by commas. All valid tests of the family count, whatever is written. See MULTIPLE TESTING."},
    {"family", 0, "WHICH", RS_OPTION_CHOICE, RUN, testing, AT(family), "all|y|x", 0, 0,
     "the tests that are adjusted together: all, those of each y, those of each x",
     NULL},
    {"q-max", 0, "Q", RS_OPTION_REAL, RUN, testing, AT(q_max), NULL, 0, 1,
     "write only pairs whose adjusted p is at most Q",
     "By the last method of --adjust; without --adjust by bh, which is then added."},
    {"test-memory", 0, "MIB", RS_OPTION_COUNT, RUN, testing, AT(test_memory), NULL, 1, 16777216,
     "memory for the p of all tests of --adjust (default 1024)",
     "16 bytes for each test. Where that is not enough, one family of all tests is adjusted by a fine histogram of p, and the summary says how far that may be off; families of y or x are refused."},
    {"permute", 0, "B", RS_OPTION_COUNT, RUN, testing, AT(permute), NULL, 1, 1000000,
     "column p_perm: p adjusted by the largest statistics of B permutations",
     "Westfall and Young's max-T; with covariates by Freedman and Lane. Needs the same rows in all pairs: missing values are refused unless --missing says listwise, or mean, when rows that lack a dependent or covariate go."},
    {"bootstrap", 0, "B", RS_OPTION_COUNT, RUN, testing, AT(bootstrap), NULL, 20, 1000000,
     "columns boot_low, boot_high, bca_low, bca_high: intervals of beta by B resamples",
     "For the pairs that are written, at the level of --conf-level."},
    {"seed", 0, "S", RS_OPTION_COUNT, RUN, testing, AT(seed), NULL, 0, 9007199254740992.0,
     "seed of the random numbers of --permute and --bootstrap (default 1)",
     "The same seed gives the same result, for any number of workers."},
    {"m-eff", 0, NULL, RS_OPTION_FLAG, RUN, testing, AT(m_eff), NULL, 0, 0,
     "report the effective number of independent tests (Nyholt; Li and Ji)",
     NULL},

    {"output", 'o', "FILE", RS_OPTION_TEXT, RUN, writing, AT(output), NULL, 0, 0,
     "write to FILE, or to a database (default, or -: standard output)",
     "FILE grows as FILE.partial and takes its name when it is whole. A pipe or device that exists is written directly; of a symbolic link, the file that it leads to. An input is never replaced. See FILES, and OUTPUT for the kinds of output and their names."},
    {"output", 'o', "PATH", RS_OPTION_TEXT, BENCH, writing, AT(output), NULL, 0, 0,
     "write the rows to the file system of PATH (default: that of TMPDIR, or /tmp)",
     "A file without a name is made in the folder PATH, or in that of the file PATH, which is left alone. A pipe or device that exists is written directly."},
    {"format", 0, "FORMAT", RS_OPTION_CHOICE, RUN, writing, AT(format), RS_OUTPUT_FORMATS("auto|", "|", "|"), 0, 0,
     "kind of output: " RS_OUTPUT_FORMATS("", ", ", " or ") " (default: by the name of FILE, else csv)",
     NULL},
    {"format", 0, "FORMAT", RS_OPTION_CHOICE, RS_CMD_DESCRIBE | BENCH, writing, AT(format), "auto|csv|tsv", 0, 0,
     "auto: a table for people; csv, tsv: for programs",
     NULL},
    {"table", 0, "NAME", RS_OPTION_TEXT, RUN, writing, AT(table), NULL, 0, 0,
     "table of a database (default fits; NAME_terms and NAME_runs go with it)",
     NULL},
    {"append", 0, NULL, RS_OPTION_FLAG, RUN, writing, AT(append), NULL, 0, 0,
     "add a run to the tables of a database that exist",
     NULL},
    {"rows", 0, "WHICH", RS_OPTION_CHOICE, RUN, writing, AT(rows), "pairs|terms|both", 0, 0,
     "pairs: one row per pair; terms: one per coefficient; both: two tables of a database",
     "See ROWS OF TERMS."},
    {"columns", 0, "SET", RS_OPTION_TEXT, SWEEPS, writing, AT(columns), NULL, 0, 0,
     "result columns: a list (y,x,p), or changes to the default (+ci,+df,-r2)",
     "ci stands for ci_low,ci_high; all stands for every column. See regsweep-output(5)."},
    {"naming", 0, "STYLE", RS_OPTION_CHOICE, RUN, writing, AT(naming), "regsweep|broom|plink", 0, 0,
     "names of the result columns: regsweep (the default), broom or plink",
     "Values stay the same, and --columns takes our names. See OTHER TOOLS in regsweep-output(5)."},
    {"digits", 0, "N", RS_OPTION_COUNT, SWEEPS, writing, AT(digits), NULL, 1, 17,
     "significant digits (default: the shortest text that reads back to the same number)",
     NULL},
    {"force", 'f', NULL, RS_OPTION_FLAG, RUN, writing, AT(force), NULL, 0, 0,
     "replace FILE if it exists; of a database, the tables",
     NULL},
    {"durable", 0, NULL, RS_OPTION_FLAG, SWEEPS, writing, AT(durable), NULL, 0, 0,
     "success means the file is on the disk (fsync of file and folder)",
     NULL},

    {"size", 0, "ROWS,Y,X", RS_OPTION_TEXT, BENCH, running, AT(size), NULL, 0, 0,
     "rows, dependent and independent columns of the table that is made up when there is no FILE (default 1000,1000,1000)",
     NULL},
    {"jobs", 'j', "N", RS_OPTION_COUNT, ALL, running, AT(jobs), NULL, 1, 4096,
     "worker processes (default: the CPUs this process may use)",
     "The default respects CPU affinity and cgroup quota. The result is the same for any N, byte for byte."},
    {"engine", 0, "WHICH", RS_OPTION_CHOICE, SWEEPS, running, AT(engine), "auto|exact", 0, 0,
     "auto: whole tiles at once where the model allows it; exact: every pair by itself",
     "Both give the same numbers to 1e-10 relative or better; auto is many times faster."},
    {"verify", 0, "N", RS_OPTION_COUNT, RUN, running, AT(verify), NULL, 1, 1000000000,
     "fit N random pairs again by the exact engine at the end and report the largest difference",
     "A difference above 1e-10, of p above 1e-12 (times the condition of ln p in t, |d ln p / d ln t|, where that is above 1), "
     "makes the run fail (exit status 1)."},
    {"dry-run", 'n', NULL, RS_OPTION_FLAG, RUN, running, AT(dry_run), NULL, 0, 0,
     "say what would be done (pairs, tiles, memory, output size) and stop",
     NULL},
    {"progress", 0, "WHEN", RS_OPTION_CHOICE, SWEEPS, running, AT(progress), "auto|always|never", 0, 0,
     "progress on standard error (auto: on a terminal only)",
     NULL},
    {"timings", 0, NULL, RS_OPTION_FLAG, RUN, running, AT(timings), NULL, 0, 0,
     "add the time by stage to the summary",
     NULL},

    {"summary", 0, NULL, RS_OPTION_FLAG, RUN, informing, AT(summary), NULL, 0, 0,
     "a table on standard error at the end: tests, thresholds, lambda, the ten best pairs",
     "Printed with --quiet, too. See THE SUMMARY TABLE."},
    {"quiet", 'q', NULL, RS_OPTION_FLAG, ALL, informing, AT(quiet), NULL, 0, 0,
     "no summary, no notes; errors only",
     NULL},
    {"verbose", 'v', NULL, RS_OPTION_FLAG, ALL, informing, AT(verbose), NULL, 0, 0,
     "more notes; with --version, the libraries in use",
     NULL},
    {"help", 'h', NULL, RS_OPTION_FLAG, ALL, informing, AT(help), NULL, 0, 0,
     "print this help and stop",
     NULL},
    {"version", 'V', NULL, RS_OPTION_FLAG, ALL, informing, AT(version), NULL, 0, 0,
     "print the version and stop",
     NULL},
};
/* clang-format on */

const size_t rs_option_count =
    sizeof rs_option_table / sizeof rs_option_table[0];

static_assert(sizeof rs_option_table / sizeof rs_option_table[0] <=
                  RS_OPTIONS_MOST,
              "every option has a bit");
