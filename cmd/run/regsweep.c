/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regsweep.h"

#include "mem.h"
#include "numerics.h"
#include "row_calls.h"
#include "run_results.h"
#include "source_memory.h"
#include "version_number.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static_assert((int)REGSWEEP_OK == (int)RS_OK &&
                  (int)REGSWEEP_INTERNAL == (int)RS_ERR_INTERNAL,
              "a status is one of ours");

struct regsweep {
    struct rs_settings settings;
    struct rs_memory_column *columns; /* [n_columns] names are owned */
    size_t n_columns;
    size_t n_rows;
    struct rs_tally tally; /* of the last run */
    volatile sig_atomic_t stop;
    bool runs;                         /* regsweep_run is under way */
    char text[2 * RS_ERROR_TEXT + 64]; /* why the last call failed */
};

/* Where rows come by a function: whose it is. */
struct regsweep_row {
    struct rs_row_shown shown;
};

struct caller {
    int (*row)(void *ctx, const struct regsweep_row *row);
    void *ctx;
};

/* Settings that nobody here would see anything of. */
static const char *const of_messages[] = {"progress", "timings", "summary",
                                          "quiet",    "verbose", "help",
                                          "version",  "m-eff",   "dry-run"};

struct named {
    const char *name;
    size_t offset; /* in the settings */
};

/* Settings of how a file is read. */
static const struct named of_files[] = {
    {"na", offsetof(struct rs_settings, missing.na)},
    {"delimiter", offsetof(struct rs_settings, reading.delimiter)},
    {"decimal", offsetof(struct rs_settings, reading.decimal)},
    {"no-header", offsetof(struct rs_settings, reading.no_header)},
    {"transpose", offsetof(struct rs_settings, reading.transpose)},
    {"key", offsetof(struct rs_settings, reading.key)}};
enum { n_of_files = sizeof of_files / sizeof of_files[0] };

/* Settings of what is written to a place. */
static const struct named of_places[] = {
    {"output", offsetof(struct rs_settings, writing.output)},
    {"format", offsetof(struct rs_settings, writing.format)},
    {"table", offsetof(struct rs_settings, writing.table)},
    {"append", offsetof(struct rs_settings, writing.append)},
    {"digits", offsetof(struct rs_settings, writing.digits)},
    {"force", offsetof(struct rs_settings, writing.force)},
    {"durable", offsetof(struct rs_settings, writing.durable)}};

const char *regsweep_version(void)
{
    return RS_VERSION;
}

/* Keeps what there is to say; returns status. */
static int tell(struct regsweep *run, enum rs_status status,
                struct rs_error *err)
{
    char place[48] = "";

    run->text[0] = '\0';
    if (status == RS_OK)
        return REGSWEEP_OK;
    rs_error_unmark(err);
    if (err->line > 0 && err->column > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ":%" PRIu64 ":",
                       err->line, err->column);
    else if (err->line > 0)
        (void)snprintf(place, sizeof place, "%" PRIu64 ":", err->line);
    (void)snprintf(run->text, sizeof run->text, "%s%s%s%s%s", err->file,
                   err->file[0] == '\0' ? "" : ":", place,
                   err->file[0] == '\0' && place[0] == '\0' ? "" : " ",
                   err->text);
    return (int)status;
}

/* What a run is made of stays as it is while it is under way. */
static enum rs_status check_idle(const struct regsweep *run,
                                 struct rs_error *err)
{
    return run->runs ? rs_error_set(err, RS_ERR_USAGE,
                                    "this run is under way: a function that "
                                    "takes rows may only stop it")
                     : RS_OK;
}

/* ---- what is asked for ------------------------------------------- */

int regsweep_new(struct regsweep **out)
{
    struct regsweep *run = rs_alloc(1, sizeof *run, NULL);

    *out = NULL;
    if (run == NULL)
        return REGSWEEP_NOMEM;
    if (rs_settings_init(&run->settings, RS_CMD_RUN, NULL) != RS_OK) {
        regsweep_free(run);
        return REGSWEEP_NOMEM;
    }
    *out = run;
    return REGSWEEP_OK;
}

void regsweep_free(struct regsweep *run)
{
    if (run == NULL)
        return;
    for (size_t i = 0; i < run->n_columns; i++)
        free((char *)run->columns[i].name);
    free(run->columns);
    rs_settings_clear(&run->settings);
    free(run);
}

static enum rs_status set(struct regsweep *run, const char *name,
                          const char *value, struct rs_error *err)
{
    enum rs_status status = check_idle(run, err);

    if (status != RS_OK)
        return status;
    if (name == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "a setting needs a name");
    for (size_t i = 0; i < sizeof of_messages / sizeof of_messages[0]; i++)
        if (strcmp(name, of_messages[i]) == 0)
            return rs_error_set(err, RS_ERR_USAGE,
                                "%s: the library tells nobody anything", name);
    return rs_settings_set(&run->settings, name, value, err);
}

int regsweep_set(struct regsweep *run, const char *name, const char *value)
{
    struct rs_error err = {0};

    return tell(run, set(run, name, value, &err), &err);
}

/* values or texts */
static enum rs_status add_column(struct regsweep *run,
                                 const struct rs_memory_column *column,
                                 size_t n, struct rs_error *err)
{
    struct rs_memory_column *more = NULL;
    char *name = NULL;
    enum rs_status status = check_idle(run, err);

    if (status != RS_OK)
        return status;
    if (column->name == NULL ||
        (column->values == NULL && column->texts == NULL && n > 0))
        return rs_error_set(err, RS_ERR_USAGE,
                            "a column needs a name and cells");
    if (run->n_columns > 0 && n != run->n_rows)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "column '%s' has %zu rows, those before it %zu",
                            column->name, n, run->n_rows);
    more = realloc(run->columns, (run->n_columns + 1) * sizeof *more);
    if (more == NULL)
        return rs_error_set(err, RS_ERR_NOMEM, "out of memory");
    run->columns = more;
    name = rs_text_copy(column->name, strlen(column->name), err);
    if (name == NULL)
        return RS_ERR_NOMEM;
    more[run->n_columns] = *column;
    more[run->n_columns++].name = name;
    run->n_rows = n;
    return RS_OK;
}

int regsweep_add_column(struct regsweep *run, const char *name,
                        const double *values, size_t n)
{
    const struct rs_memory_column column = {.name = name, .values = values};
    struct rs_error err = {0};

    return tell(run, add_column(run, &column, n, &err), &err);
}

int regsweep_add_texts(struct regsweep *run, const char *name,
                       const char *const *texts, size_t n)
{
    const struct rs_memory_column column = {.name = name, .texts = texts};
    struct rs_error err = {0};

    return tell(run, add_column(run, &column, n, &err), &err);
}

int regsweep_read(struct regsweep *run, const char *const *paths, size_t n)
{
    struct rs_error err = {0};
    enum rs_status status = check_idle(run, &err);

    for (size_t i = 0; i < n && status == RS_OK; i++)
        status = paths[i] == NULL
                     ? rs_error_set(&err, RS_ERR_USAGE, "a file needs a path")
                     : rs_settings_add_file(&run->settings, paths[i], &err);
    return tell(run, status, &err);
}

/* ---- running ----------------------------------------------------- */

/* Files or columns, and what is wrong whatever there is. */
static enum rs_status check_input(struct regsweep *self, struct rs_error *err)
{
    struct rs_settings *settings = &self->settings;

    settings->in_memory = self->n_columns > 0;
    if (settings->in_memory && settings->files.n > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "there are files to read, and columns too");
    for (size_t i = 0; i < n_of_files && settings->in_memory; i++)
        if (rs_settings_given(settings, of_files[i].offset))
            return rs_error_set(err, RS_ERR_USAGE,
                                "%s is of files, and there are columns",
                                of_files[i].name);
    return rs_rules_check_settings(settings, err);
}

/* Rows go to a place, or come by a function. */
static enum rs_status check_place(const struct regsweep *self, bool calls,
                                  struct rs_error *err)
{
    if (!calls && self->settings.writing.output == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: there is neither a file nor a function "
                            "for the rows");
    for (size_t i = 0; calls && i < sizeof of_places / sizeof of_places[0]; i++)
        if (rs_settings_given(&self->settings, of_places[i].offset))
            return rs_error_set(err, RS_ERR_USAGE,
                                "%s does not go with a function for the rows",
                                of_places[i].name);
    return RS_OK;
}

static enum rs_status check(struct rs_run *run, bool calls,
                            struct rs_error *err)
{
    enum rs_status status = rs_run_check(run, err);

    if (status == RS_OK && calls) /* no place: it would be standard output */
        run->setup.asked.target.kind = &rs_output_calls;
    return status == RS_OK ? rs_run_check_output(run, err) : status;
}

static int call_row(void *ctx, const struct rs_row_shown *shown)
{
    const struct caller *caller = ctx;
    const struct regsweep_row row = {*shown};

    return caller->row(caller->ctx, &row);
}

/* All steps of a run. */
static enum rs_status go(struct rs_run *run, struct caller *caller,
                         const struct rs_run_info *info, struct rs_error *err)
{
    struct rs_verify found;
    enum rs_status status = check(run, caller->row != NULL, err);

    if (status == RS_OK)
        status = rs_run_load(run, err);
    if (status == RS_OK)
        status = rs_run_prepare(run, info, err);
    if (status == RS_OK && caller->row != NULL)
        rs_row_calls_set(run->sink, call_row, caller);
    if (status == RS_OK)
        status = rs_run_sweep(run, err);
    if (status != RS_OK || run->settings->running.verify == 0)
        return status;
    status = rs_run_verify(&found, run, err);
    return status == RS_OK ? rs_run_verify_judge(&found, err) : status;
}

static enum rs_status run_all(struct regsweep *self, struct caller *caller,
                              struct rs_error *err)
{
    static const struct rs_run_info info = {.command = "libregsweep",
                                            .program = "regsweep " RS_VERSION,
                                            .libraries = "",
                                            .input = ""};
    const struct rs_stop stop = {.asked = &self->stop};
    uint64_t jobs = self->settings.running.jobs;
    struct rs_run_env env = {
        .stop = &stop,
        .pool = jobs > 1 ? &rs_pool_fork : &rs_pool_inline,
        .n_workers = jobs > 1 ? (unsigned)jobs : 1,
    };
    struct rs_run *run = NULL;
    enum rs_status status = check_input(self, err);

    if (status == RS_OK)
        status = check_place(self, caller->row != NULL, err);
    if (status == RS_OK && self->n_columns > 0)
        status = rs_source_memory_new(&env.source, self->columns,
                                      self->n_columns, self->n_rows, err);
    if (status != RS_OK)
        return status;
    status = rs_run_new(&run, &self->settings, &env, err);
    if (status != RS_OK) {
        rs_source_close(env.source);
        return status;
    }
    status = go(run, caller, &info, err);
    self->tally = run->stats.tally;
    rs_run_free(run);
    return status;
}

int regsweep_run(struct regsweep *run,
                 int (*row)(void *ctx, const struct regsweep_row *row),
                 void *ctx)
{
    struct caller caller = {row, ctx};
    struct rs_error err = {0};
    enum rs_status status = RS_OK;

    status = check_idle(run, &err);
    if (status != RS_OK)
        return tell(run, status, &err);
    memset(&run->tally, 0, sizeof run->tally);
    run->runs = true;
    rs_numerics_enter();
    status = run_all(run, &caller, &err);
    rs_numerics_leave();
    run->runs = false;
    run->stop = 0;
    return tell(run, status, &err);
}

void regsweep_stop(struct regsweep *run)
{
    run->stop = 1;
}

/* ---- what there is to know --------------------------------------- */

double regsweep_number(const struct regsweep_row *row, const char *column)
{
    return rs_row_shown_number(&row->shown, column);
}

const char *regsweep_text(const struct regsweep_row *row, const char *column)
{
    return rs_row_shown_text(&row->shown, column);
}

uint64_t regsweep_count(const struct regsweep *run, const char *which)
{
    if (strcmp(which, "pairs") == 0)
        return rs_tally_pairs(&run->tally);
    if (strcmp(which, "kept") == 0)
        return run->tally.kept;
    for (int i = 0; i < RS_FIT_N_OUTCOMES; i++)
        if (strcmp(which, rs_outcome_name((enum rs_outcome)i)) == 0)
            return run->tally.outcomes[i];
    return 0;
}

const char *regsweep_error(const struct regsweep *run)
{
    return run == NULL ? "out of memory" : run->text;
}
