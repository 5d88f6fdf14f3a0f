/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_OPTIONS_H
#define RS_OPTIONS_H

#include "error.h"
#include "naming.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The command line. One table of options (option_table.c) is the source of
 * the parser, of --help, of the OPTIONS section of the man page and of the
 * shell completions. Parsing only validates and stores; names are resolved
 * against a header later.
 */

/* Which subcommands know an option; a set of bits. */
enum rs_command_bit { RS_CMD_RUN = 1, RS_CMD_DESCRIBE = 2, RS_CMD_BENCH = 4 };

/* Values of an option that may be given again and again, in order. */
struct rs_list {
    const char **values; /* [n], borrowed from argv */
    size_t n;
};

enum rs_format {
    RS_FORMAT_AUTO,
    RS_FORMAT_CSV,
    RS_FORMAT_TSV,
    RS_FORMAT_JSONL,
    RS_FORMAT_SQLITE,
    RS_FORMAT_NPY
};

enum rs_rows_choice { RS_ROWS_OF_PAIRS, RS_ROWS_OF_TERMS, RS_ROWS_OF_BOTH };

enum rs_engine_choice { RS_ENGINE_AUTO, RS_ENGINE_EXACT };

/* All that the options of all subcommands can say; unused ones keep their
 * default. */
struct rs_options {
    const char *const *words; /* [n_words] the whole command line, or NULL */
    size_t n_words;

    const char **files; /* [n_files], borrowed from argv */
    size_t n_files;

    struct rs_list dependent;
    struct rs_list independent;
    struct rs_list covariates;
    struct rs_list factors;
    struct rs_list weights;    /* one column */
    struct rs_list transforms; /* NAME(COLS) each */
    int pairs;                 /* enum rs_pairs */

    const char *model;
    bool no_intercept;
    double conf_level;

    const char *na; /* comma-separated; NULL: the default list */
    int missing;    /* enum rs_missing */
    uint64_t min_n;

    char delimiter; /* 0: found from the data */
    char decimal;
    bool no_header;
    bool transpose;  /* one variable a line */
    const char *key; /* NULL: nothing to join, or by the names of samples */

    double p_max;  /* 1: all */
    double r2_min; /* 0: all */
    uint64_t top;  /* 0: all; likewise the two others */
    uint64_t top_per_y;
    uint64_t top_per_x;

    const char *adjust;   /* methods, comma-separated; NULL: none */
    int family;           /* enum rs_family */
    double q_max;         /* 1: all */
    uint64_t test_memory; /* MiB for the p of all tests */
    uint64_t permute;     /* permutations; 0: none */
    uint64_t bootstrap;   /* resamples; 0: none */
    uint64_t seed;
    bool m_eff;

    const char *output; /* NULL: standard output */
    int format;         /* enum rs_format */
    const char *table;  /* of a database; NULL: fits */
    bool append;        /* add a run to a database */
    int rows;           /* enum rs_rows_choice */
    const char *columns;
    int naming;      /* enum rs_naming */
    uint64_t digits; /* 0: shortest exact */
    bool force;
    bool durable;

    const char *size; /* of bench's own table: ROWS,Y,X; NULL: the default */

    uint64_t jobs;   /* 0: the CPUs this process may use */
    int engine;      /* enum rs_engine_choice */
    uint64_t verify; /* pairs to fit again at the end */
    bool dry_run;
    int progress; /* enum rs_progress_mode */
    bool timings;
    bool summary;
    bool quiet;
    bool verbose;

    bool help;
    bool version;

    uint64_t given[2]; /* a bit for each option of the table */
};

enum { RS_OPTIONS_MOST = 128 }; /* bits of given */

enum rs_option_kind {
    RS_OPTION_FLAG,   /* bool */
    RS_OPTION_TEXT,   /* const char * */
    RS_OPTION_LIST,   /* struct rs_list */
    RS_OPTION_CHAR,   /* char: one byte, or the words tab, comma, ... */
    RS_OPTION_CHOICE, /* int: index of the word in `choices` */
    RS_OPTION_COUNT,  /* uint64_t within [least, most] */
    RS_OPTION_REAL    /* double within (least, most) */
};

struct rs_option {
    const char *name; /* long form, without dashes */
    char letter;      /* short form, 0 = none */
    const char *arg;  /* name of the argument, NULL for a flag */
    enum rs_option_kind kind;
    unsigned commands;   /* set of enum rs_command_bit */
    const char *section; /* heading in help and man page */
    size_t offset;       /* of the field in struct rs_options */
    const char *choices; /* "a|b|c" for RS_OPTION_CHOICE */
    double least, most;  /* for counts and reals */
    const char *help;    /* one line, no capital, no full stop */
    const char *man;     /* more for the man page, NULL = none */
};

extern const struct rs_option rs_option_table[];
extern const size_t rs_option_count;

/* A subcommand. */
struct rs_command {
    const char *name;
    enum rs_command_bit bit;
    const char *operands;                         /* as in the usage line */
    const char *help;                             /* one line */
    int (*run)(const struct rs_options *options); /* gives the exit status */
};

/*
 * Parses the arguments behind the subcommand's name.
 * options  out  defaults and what argv says
 * argv     in   [argc] the words behind the subcommand; must outlive options
 * Owns: rs_options_clear. Errors: RS_ERR_USAGE naming the option (the
 * nearest one is offered); RS_ERR_NOMEM.
 */
enum rs_status rs_options_parse(struct rs_options *options,
                                const struct rs_command *command, int argc,
                                const char *const *argv,
                                struct rs_error *err) RS_MUST_CHECK;
void rs_options_clear(struct rs_options *options);

/* Whether the command line has the option of this field, with its default
 * or not: RS_GIVEN(options, seed). */
#define RS_GIVEN(options, field)                                               \
    rs_options_given(options, offsetof(struct rs_options, field))
bool rs_options_given(const struct rs_options *options, size_t offset);

#endif
