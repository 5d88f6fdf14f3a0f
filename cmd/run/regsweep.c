/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regsweep.h"

#include "mem.h"
#include "numerics.h"
#include "row_calls.h"
#include "rules.h"
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
    void (*tick)(void *ctx, const char *what, uint64_t done, uint64_t total);
    void *tick_ctx;
    atomic_int stop;
    bool runs;                         /* regsweep_run is under way */
    struct rs_c_locale locale;         /* while it is */
    char text[2 * RS_ERROR_TEXT + 64]; /* why the last call failed */
};

/* Where rows come by a function: whose it is. */
struct regsweep_row {
    struct rs_row_shown shown;
};

struct caller {
    const struct regsweep *run;
    int (*row)(void *ctx, const struct regsweep_row *row);
    void *ctx;
};

/* Settings that nobody here would see anything of. */
static const char *const of_messages[] = {
    "progress", "timings", "summary", "quiet", "no-notes", "strict",
    "verbose",  "help",    "version", "m-eff", "dry-run",  "log"};

struct named {
    const char *name;
    size_t offset; /* in struct rs_settings; no name: the end */
};

/* Settings of what is written to a place, and of how files are read. */
static const struct named of_places[] = {
    {"output", offsetof(struct rs_settings, writing.output)},
    {"format", offsetof(struct rs_settings, writing.format)},
    {"table", offsetof(struct rs_settings, writing.table)},
    {"append", offsetof(struct rs_settings, writing.append)},
    {"digits", offsetof(struct rs_settings, writing.digits)},
    {"force", offsetof(struct rs_settings, writing.force)},
    {"durable", offsetof(struct rs_settings, writing.durable)},
    {0}};
static const struct named of_files[] = {
    {"delimiter", offsetof(struct rs_settings, reading.delimiter)},
    {"decimal", offsetof(struct rs_settings, reading.decimal)},
    {"trailing-delimiter",
     offsetof(struct rs_settings, reading.trailing_delimiter)},
    {"skip", offsetof(struct rs_settings, reading.skip)},
    {"comment", offsetof(struct rs_settings, reading.comment)},
    {"row-names", offsetof(struct rs_settings, reading.row_names)},
    {"no-header", offsetof(struct rs_settings, reading.no_header)},
    {"transpose", offsetof(struct rs_settings, reading.transpose)},
    {"transposed", offsetof(struct rs_settings, reading.transposed)},
    {"name-column", offsetof(struct rs_settings, reading.name_column)},
    {"leading", offsetof(struct rs_settings, reading.leading)},
    {"key", offsetof(struct rs_settings, reading.key)},
    {"no-labels", offsetof(struct rs_settings, reading.no_labels)},
    {"key-as", offsetof(struct rs_settings, reading.key_as)},
    {"na", offsetof(struct rs_settings, missing.na)},
    {"numbers", offsetof(struct rs_settings, reading.numbers)},
    {"truth", offsetof(struct rs_settings, reading.truth)},
    {"dates", offsetof(struct rs_settings, reading.dates)},
    {0}};

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

static enum rs_status preset(struct rs_settings *settings)
{
    struct rs_c_locale locale;
    enum rs_status status = rs_c_locale_begin(&locale, NULL);

    if (status != RS_OK)
        return status;
    status = rs_settings_init(settings, RS_CMD_RUN, NULL);
    rs_c_locale_end(&locale);
    return status;
}

int regsweep_new(struct regsweep **out)
{
    struct regsweep *run = rs_alloc(1, sizeof *run, NULL);

    *out = NULL;
    if (run == NULL)
        return REGSWEEP_NOMEM;
    if (preset(&run->settings) != RS_OK) {
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

static bool is_of_messages(const char *name)
{
    for (size_t i = 0; i < sizeof of_messages / sizeof of_messages[0]; i++)
        if (strcmp(name, of_messages[i]) == 0)
            return true;
    return false;
}

static enum rs_status set(struct regsweep *run, const char *name,
                          const char *value, struct rs_error *err)
{
    struct rs_c_locale locale;
    enum rs_status status = check_idle(run, err);

    if (status != RS_OK)
        return status;
    if (name == NULL)
        return rs_error_set(err, RS_ERR_USAGE, "a setting needs a name");
    if (is_of_messages(name))
        return rs_error_set(err, RS_ERR_USAGE,
                            "%s: the library tells nobody anything", name);
    status = rs_c_locale_begin(&locale, err);
    if (status != RS_OK)
        return status;
    status = rs_settings_set(&run->settings, name, value, err);
    rs_c_locale_end(&locale);
    return status;
}

int regsweep_set(struct regsweep *run, const char *name, const char *value)
{
    struct rs_error err = {0};

    return tell(run, set(run, name, value, &err), &err);
}

const char *regsweep_setting(size_t i, const char **help)
{
    size_t before = 0;

    for (size_t k = 0; k < RS_N_SETTINGS; k++) {
        const struct rs_setting *setting = &rs_setting_table[k];
        if ((setting->commands & RS_CMD_RUN) == 0 ||
            is_of_messages(setting->name) || before++ < i)
            continue;
        if (help != NULL)
            *help = setting->help;
        return setting->name;
    }
    return NULL;
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

/* ---- how far it is ----------------------------------------------- */

void regsweep_watch(struct regsweep *run,
                    void (*tick)(void *ctx, const char *what, uint64_t done,
                                 uint64_t total),
                    void *ctx)
{
    run->tick = tick;
    run->tick_ctx = ctx;
}

static void tick_count(void *ctx, const char *what, const char *unit,
                       uint64_t done, uint64_t total)
{
    const struct regsweep *self = ctx;

    (void)unit;
    if (self->tick == NULL)
        return;
    (void)uselocale(self->locale.theirs);
    self->tick(self->tick_ctx, what == NULL ? "sweep" : what, done, total);
    (void)uselocale(self->locale.ours);
}

static void tick_stage(void *ctx, const char *what)
{
    tick_count(ctx, what, NULL, 0, 0);
}

static void tick_end(void *ctx)
{
    (void)ctx; /* something else begins, or regsweep_run comes back */
}

/* ---- running ----------------------------------------------------- */

/* None of these may be given. why: a function, say */
static enum rs_status refuse(const struct rs_settings *settings,
                             const struct named *these, const char *why,
                             struct rs_error *err)
{
    for (; these->name != NULL; these++)
        if (rs_settings_given(settings, these->offset))
            return rs_error_set(err, RS_ERR_USAGE, "%s does not go with %s",
                                these->name, why);
    return RS_OK;
}

/* Files or columns, and what is wrong whatever there is. */
static enum rs_status check_input(struct regsweep *self, struct rs_error *err)
{
    struct rs_settings *settings = &self->settings;
    enum rs_status status = RS_OK;

    settings->in_memory = self->n_columns > 0;
    status = rs_settings_add_transposed(settings, err);
    if (status != RS_OK)
        return status;
    if (settings->in_memory && settings->files.n > 0)
        return rs_error_set(err, RS_ERR_USAGE,
                            "there are files to read, and columns too");
    if (settings->in_memory)
        status = refuse(settings, of_files, "columns from memory", err);
    return status == RS_OK ? rs_rules_check_settings(settings, err) : status;
}

/* Rows go to a place, or come by a function. */
static enum rs_status check_place(const struct regsweep *self, bool calls,
                                  struct rs_error *err)
{
    if (!calls && self->settings.writing.output == NULL)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{output}: there is neither a file nor a function "
                            "for the rows");
    return calls ? refuse(&self->settings, of_places, "a function for the rows",
                          err)
                 : RS_OK;
}

static enum rs_status check(struct rs_run *run, bool calls,
                            struct rs_error *err)
{
    enum rs_status status = rs_run_check(run, err);

    if (status == RS_OK && calls) /* no place: it would be standard output */
        run->asked.target.kind = &rs_output_calls;
    return status == RS_OK ? rs_run_check_output(run, err) : status;
}

static int call_row(void *ctx, const struct rs_row_shown *shown)
{
    const struct caller *caller = ctx;
    const struct regsweep_row row = {*shown};
    int stop = 0;

    (void)uselocale(caller->run->locale.theirs);
    stop = caller->row(caller->ctx, &row);
    (void)uselocale(caller->run->locale.ours);
    return stop;
}

/* All steps of a run. */
static enum rs_status go(struct rs_run *run, struct caller *caller,
                         const struct rs_run_info *info, struct rs_error *err)
{
    struct rs_verify found;
    size_t part = 0;
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
    status = rs_run_verify(&found, &part, run, err);
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
    const struct rs_ticker ticker = {self, tick_stage, tick_count, tick_end};
    uint64_t jobs = self->settings.running.jobs;
    struct rs_run_env env = {
        .ticker = &ticker,
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
    struct caller caller = {run, row, ctx};
    struct rs_error err = {0};
    enum rs_status status = check_idle(run, &err);

    if (status == RS_OK)
        status = rs_c_locale_begin(&run->locale, &err);
    if (status != RS_OK)
        return tell(run, status, &err);
    memset(&run->tally, 0, sizeof run->tally);
    run->runs = true;
    rs_numerics_enter();
    status = run_all(run, &caller, &err);
    rs_numerics_leave();
    rs_c_locale_end(&run->locale);
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

const char *regsweep_column(const struct regsweep_row *row, size_t i)
{
    return rs_row_shown_column(&row->shown, i);
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
