/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regsweep.h"

#include "run_suite.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 8, MOST = 16 };

/* A line and noise; x2 lacks a cell. */
static const double x1[ROWS] = {1, 2, 3, 4, 5, 6, 7, 8};
static const double y1[ROWS] = {2.1, 2.4, 3.2, 3.3, 4.2, 4.4, 5.1, 5.3};
static const double x2[ROWS] = {3, 1, NAN, 1, 5, 9, 2, 6};
static const double flat[ROWS] = {7, 7, 7, 7, 7, 7, 7, 7};
static const char *const kind[ROWS] = {"a", "b", "a", "b", "a", "b", "a", "b"};

struct seen {
    char text[MOST][64]; /* y, x, term, status */
    double beta[MOST], p[MOST], n[MOST];
    size_t rows;
    size_t stop_at; /* 0: never */
};

static int take(void *ctx, const struct regsweep_row *row)
{
    struct seen *seen = ctx;
    const char *term = regsweep_text(row, "term");
    size_t i = seen->rows++;

    ck_assert_uint_lt(i, MOST);
    (void)snprintf(seen->text[i], sizeof seen->text[i], "%s %s %s %s",
                   regsweep_text(row, "y"), regsweep_text(row, "x"),
                   term == NULL ? "-" : term, regsweep_text(row, "status"));
    seen->beta[i] = regsweep_number(row, "beta");
    seen->p[i] = regsweep_number(row, "p");
    seen->n[i] = regsweep_number(row, "n");
    ck_assert(isnan(regsweep_number(row, "y")));
    ck_assert(isnan(regsweep_number(row, "nothing")));
    ck_assert_ptr_null(regsweep_text(row, "beta"));
    ck_assert_ptr_null(regsweep_text(row, "nothing"));
    return seen->stop_at == seen->rows;
}

static void set(struct regsweep *run, const char *name, const char *value)
{
    ck_assert_msg(regsweep_set(run, name, value) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
}

/* y1 on x1, x2 and flat. */
static struct regsweep *new_run(void)
{
    struct regsweep *run = NULL;

    ck_assert_int_eq(regsweep_new(&run), REGSWEEP_OK);
    set(run, "dependent", "y1");
    set(run, "independent", "x1,x2,flat");
    ck_assert_int_eq(regsweep_add_column(run, "y1", y1, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "x1", x1, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "x2", x2, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "flat", flat, ROWS), REGSWEEP_OK);
    return run;
}

static void fails(struct regsweep *run, int status, const char *text)
{
    struct seen seen = {.rows = 0};

    ck_assert_int_eq(regsweep_run(run, take, &seen), status);
    ck_assert_str_eq(regsweep_error(run), text);
    ck_assert_uint_eq(seen.rows, 0);
}

START_TEST(test_rows)
{
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};

    ck_assert_msg(regsweep_run(run, take, &seen) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
    ck_assert_uint_eq(seen.rows, 3);
    ck_assert_str_eq(seen.text[0], "y1 x1 - ok");
    ck_assert_str_eq(seen.text[1], "y1 x2 - ok");
    ck_assert_str_eq(seen.text[2], "y1 flat - constant_x");
    /* sum of (x - 4.5)(y - 3.75) is 20.2, of (x - 4.5)^2 42 */
    ck_assert_double_eq_tol(seen.beta[0], 20.2 / 42.0, 1e-15);
    ck_assert_double_eq(seen.n[1], 7.0);
    ck_assert(isnan(seen.beta[2]) && isnan(seen.p[2]));
    ck_assert_uint_eq(regsweep_count(run, "pairs"), 3);
    ck_assert_uint_eq(regsweep_count(run, "ok"), 2);
    ck_assert_uint_eq(regsweep_count(run, "constant_x"), 1);
    ck_assert_uint_eq(regsweep_count(run, "nothing"), 0);
    regsweep_free(run);
}
END_TEST

/* The same bits again, and by forked workers. */
START_TEST(test_again)
{
    struct regsweep *run = new_run();
    struct seen first = {.rows = 0};
    struct seen second = {.rows = 0};

    ck_assert_int_eq(regsweep_run(run, take, &first), REGSWEEP_OK);
    set(run, "jobs", "3");
    ck_assert_int_eq(regsweep_run(run, take, &second), REGSWEEP_OK);
    ck_assert_uint_eq(second.rows, first.rows);
    ck_assert_mem_eq(first.beta, second.beta, sizeof first.beta);
    ck_assert_mem_eq(first.p, second.p, sizeof first.p);
    regsweep_free(run);
}
END_TEST

START_TEST(test_terms)
{
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};

    ck_assert_int_eq(regsweep_add_texts(run, "kind", kind, ROWS), REGSWEEP_OK);
    set(run, "covariates", "kind");
    set(run, "rows", "terms");
    ck_assert_msg(regsweep_run(run, take, &seen) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
    ck_assert_uint_ge(seen.rows, 6);
    ck_assert_str_eq(seen.text[0], "y1 x1 (intercept) ok");
    ck_assert_str_eq(seen.text[1], "y1 x1 x1 ok");
    ck_assert_str_eq(seen.text[2], "y1 x1 kind=b ok");
    regsweep_free(run);
}
END_TEST

/* What a row has beside numbers, in one text. */
static int take_texts(void *ctx, const struct regsweep_row *row)
{
    static const char *const names[] = {"half",  "set",       "x",
                                        "level", "reference", "dropped"};
    char *out = ctx;
    size_t used = strlen(out);

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *text = regsweep_text(row, names[i]);
        used += (size_t)snprintf(out + used, 512 - used, "%s ",
                                 text == NULL ? "-" : text);
        ck_assert(isnan(regsweep_number(row, names[i])));
    }
    (void)snprintf(out + used, 512 - used, "/ ");
    return 0;
}

START_TEST(test_texts)
{
    static const char *const half[ROWS] = {"l", "l", "l", "l",
                                           "h", "h", "h", "h"};
    struct regsweep *run = NULL;
    char text[512] = "";

    ck_assert_int_eq(regsweep_new(&run), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "y1", y1, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "x1", x1, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_column(run, "flat", flat, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_texts(run, "kind", kind, ROWS), REGSWEEP_OK);
    ck_assert_int_eq(regsweep_add_texts(run, "half", half, ROWS), REGSWEEP_OK);
    set(run, "dependent", "y1");
    set(run, "independent", "kind");
    set(run, "group", "half");
    set(run, "model-set", "none:");
    set(run, "model-set", "both: x1,flat");
    set(run, "columns", "x,level,reference,dropped");
    ck_assert_msg(regsweep_run(run, take_texts, text) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
    /* in the second a perfect fit, of which nothing is measured */
    ck_assert_str_eq(text, "h none kind b a - / h both kind b a - / "
                           "l none kind b a - / l both kind b a flat / ");
    regsweep_free(run);
}
END_TEST

START_TEST(test_stop)
{
    struct regsweep *run = new_run();
    struct seen seen = {.stop_at = 2};

    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_INTERRUPTED);
    ck_assert_uint_eq(seen.rows, 2);
    regsweep_stop(run);
    seen = (struct seen){.rows = 0};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_INTERRUPTED);
    ck_assert_str_eq(regsweep_error(run), "interrupted");
    seen = (struct seen){.rows = 0};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_uint_eq(seen.rows, 3);
    regsweep_free(run);
}
END_TEST

START_TEST(test_refused)
{
    struct regsweep *run = new_run();

    ck_assert_int_eq(regsweep_set(run, "p-mx", "1"), REGSWEEP_USAGE);
    ck_assert_ptr_nonnull(strstr(regsweep_error(run), "p-max"));
    ck_assert_int_eq(regsweep_set(run, "p-max", "2"), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_set(run, "progress", "always"), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_column(run, "z", x1, ROWS - 1),
                     REGSWEEP_INCONSISTENT);
    ck_assert_str_eq(regsweep_error(run),
                     "column 'z' has 7 rows, those before it 8");
    set(run, "p-max", "0.5");
    ck_assert_str_eq(regsweep_error(run), "");
    set(run, "dependent", "no");
    fails(run, REGSWEEP_USAGE,
          "dependent: no column 'no'; there are 4: 'y1', 'x1', 'x2', 'flat'");
    regsweep_free(run);
    run = new_run();
    set(run, "digits", "5");
    fails(run, REGSWEEP_USAGE,
          "digits does not go with a function for the rows");
    regsweep_free(run);
    run = new_run();
    ck_assert_int_eq(regsweep_run(run, NULL, NULL), REGSWEEP_USAGE);
    regsweep_free(run);
    ck_assert_int_eq(regsweep_new(&run), REGSWEEP_OK);
    fails(run, REGSWEEP_USAGE, "run needs a FILE (- for standard input)");
    ck_assert_int_eq(regsweep_add_column(run, "x1", x1, ROWS), REGSWEEP_OK);
    fails(run, REGSWEEP_USAGE,
          "run needs dependent (y): which columns shall be explained?");
    regsweep_free(run);
    regsweep_free(NULL);
}
END_TEST

/* What is wrong in columns from memory has no file to be named. */
START_TEST(test_same_name)
{
    struct regsweep *run = new_run();

    ck_assert_int_eq(regsweep_add_column(run, "x1", x2, ROWS), REGSWEEP_OK);
    fails(run, REGSWEEP_MALFORMED,
          "independent: two columns are called 'x1': columns 2 and 5 "
          "(rename one in the header)");
    regsweep_free(run);
}
END_TEST

START_TEST(test_nothing_given)
{
    static const char *const no_path[] = {NULL};
    struct regsweep *run = new_run();

    ck_assert_int_eq(regsweep_set(run, NULL, "1"), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_set(run, "dependent", NULL), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_column(run, NULL, x1, ROWS), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_column(run, "z", NULL, ROWS), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_texts(run, "z", NULL, ROWS), REGSWEEP_USAGE);
    ck_assert_str_eq(regsweep_error(run), "a column needs a name and cells");
    ck_assert_int_eq(regsweep_read(run, no_path, 1), REGSWEEP_USAGE);
    ck_assert_str_eq(regsweep_error(NULL), "out of memory");
    regsweep_free(run);
}
END_TEST

/* How files are read says nothing of columns that are there. */
START_TEST(test_settings_of_files)
{
    static const char *const settings[][2] = {
        {"na", "NA"},          {"delimiter", "tab"}, {"decimal", ","},
        {"no-header", "true"}, {"transpose", NULL},  {"key", "x1"},
        {"numbers", "loose"},  {"truth", "x1"},      {"dates", "x1"}};

    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        struct regsweep *run = new_run();
        char text[80];
        set(run, settings[i][0], settings[i][1]);
        (void)snprintf(text, sizeof text,
                       "%s does not go with columns from memory",
                       settings[i][0]);
        fails(run, REGSWEEP_USAGE, text);
        regsweep_free(run);
    }
}
END_TEST

struct meddler {
    struct regsweep *run;
    size_t rows;
};

static int meddle(void *ctx, const struct regsweep_row *row)
{
    struct meddler *meddler = ctx;
    struct regsweep *run = meddler->run;
    static const char *const path[] = {"x.csv"};

    (void)row;
    meddler->rows++;
    ck_assert_int_eq(regsweep_set(run, "dependent", "x2"), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_column(run, "z", x1, ROWS), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_add_texts(run, "k", kind, ROWS), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_read(run, path, 1), REGSWEEP_USAGE);
    ck_assert_int_eq(regsweep_run(run, meddle, ctx), REGSWEEP_USAGE);
    ck_assert_ptr_nonnull(strstr(regsweep_error(run), "under way"));
    return 0;
}

/* A function that takes rows changes nothing of what is being run. */
START_TEST(test_meddling)
{
    struct regsweep *run = new_run();
    struct meddler meddler = {run, 0};
    struct seen seen = {.rows = 0};

    ck_assert_int_eq(regsweep_run(run, meddle, &meddler), REGSWEEP_OK);
    ck_assert_uint_eq(meddler.rows, 3);
    ck_assert_uint_eq(regsweep_count(run, "pairs"), 3);
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_uint_eq(seen.rows, 3);
    regsweep_free(run);
}
END_TEST

/* The pairs of a list, in its order. */
START_TEST(test_listed_pairs)
{
    char setting[] = "@/tmp/regsweep-test-XXXXXX";
    int fd = mkstemp(setting + 1);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};

    ck_assert_ptr_nonnull(file);
    (void)fputs("y,x\ny1,x2\ny1,x1\ny1,x2\n", file);
    ck_assert_int_eq(fclose(file), 0);
    set(run, "pairs", setting);
    ck_assert_msg(regsweep_run(run, take, &seen) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
    ck_assert_uint_eq(seen.rows, 2);
    ck_assert_str_eq(seen.text[0], "y1 x2 - ok");
    ck_assert_str_eq(seen.text[1], "y1 x1 - ok");
    regsweep_free(run);
    run = new_run();
    set(run, "pairs", "unqiue");
    fails(run, REGSWEEP_USAGE,
          "pairs: 'unqiue' is none of all, unique, matched, @FILE; did you "
          "mean 'unique'?");
    regsweep_free(run);
    (void)remove(setting + 1);
}
END_TEST

/* Every setting that is listed is known; those of messages are not. */
START_TEST(test_settings)
{
    struct regsweep *run = NULL;
    const char *help = NULL;
    size_t n = 0;

    ck_assert_str_eq(regsweep_version(), REGSWEEP_VERSION);
    ck_assert_str_eq(regsweep_setting(0, NULL), "dependent");
    ck_assert_int_eq(regsweep_new(&run), REGSWEEP_OK);
    for (const char *name = NULL; (name = regsweep_setting(n, &help)) != NULL;
         n++) {
        ck_assert_ptr_nonnull(help);
        ck_assert_str_ne(name, "progress");
        (void)regsweep_set(run, name, "");
        ck_assert_ptr_null(strstr(regsweep_error(run), "unknown"));
    }
    ck_assert_uint_gt(n, 30);
    ck_assert_ptr_null(regsweep_setting(n + 1, NULL));
    regsweep_free(run);
}
END_TEST

static int take_columns(void *ctx, const struct regsweep_row *row)
{
    char *text = ctx;

    text[0] = '\0';
    for (size_t i = 0; regsweep_column(row, i) != NULL; i++) {
        if (i > 0)
            strcat(text, " ");
        strcat(text, regsweep_column(row, i));
    }
    return 0;
}

START_TEST(test_columns)
{
    struct regsweep *run = new_run();
    char text[256];

    ck_assert_int_eq(regsweep_run(run, take_columns, text), REGSWEEP_OK);
    ck_assert_str_eq(text, "y x n intercept beta se stat p r2 status");
    set(run, "columns", "y,x,p,p_bh");
    set(run, "adjust", "bh");
    ck_assert_int_eq(regsweep_run(run, take_columns, text), REGSWEEP_OK);
    ck_assert_str_eq(text, "y x p p_bh");
    set(run, "naming", "broom");
    ck_assert_int_eq(regsweep_run(run, take_columns, text), REGSWEEP_OK);
    ck_assert_str_eq(text, "response term p.value p_bh");
    regsweep_free(run);
}
END_TEST

/* What was told, one after the other, and how far it came. */
struct told {
    char text[128];
    uint64_t done;
    struct regsweep *stop; /* at the first number; NULL */
};

static void tick(void *ctx, const char *what, uint64_t done, uint64_t total)
{
    struct told *told = ctx;
    size_t len = strlen(what);
    size_t before = strlen(told->text);

    ck_assert_uint_le(done, total);
    if (before < len || strcmp(told->text + before - len, what) != 0) {
        strcat(told->text, " ");
        strcat(told->text, what);
    }
    told->done = done;
    if (total > 0 && told->stop != NULL)
        regsweep_stop(told->stop);
}

START_TEST(test_watch)
{
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};
    struct told told = {.text = ""};

    regsweep_watch(run, tick, &told);
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_str_eq(told.text, " reading preparing sweep");
    ck_assert_uint_eq(told.done, 3);
    set(run, "adjust", "bh");
    seen = (struct seen){.rows = 0};
    told = (struct told){.text = ""};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_ptr_nonnull(strstr(told.text, " testing"));
    seen = (struct seen){.rows = 0};
    told = (struct told){.stop = run};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_INTERRUPTED);
    ck_assert_uint_eq(seen.rows, 0);
    regsweep_watch(run, NULL, NULL);
    told = (struct told){.text = ""};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_str_eq(told.text, "");
    regsweep_free(run);
}
END_TEST

/* Two handles in two threads, again and again. */
static void *many(void *ctx)
{
    struct seen *sum = ctx;

    for (int i = 0; i < 20; i++) {
        struct regsweep *run = new_run();
        *sum = (struct seen){.rows = 0};
        ck_assert_int_eq(regsweep_run(run, take, sum), REGSWEEP_OK);
        regsweep_free(run);
    }
    return NULL;
}

START_TEST(test_threads)
{
    pthread_t other;
    struct seen here;
    struct seen there;

    ck_assert_int_eq(pthread_create(&other, NULL, many, &there), 0);
    (void)many(&here);
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    ck_assert_uint_eq(here.rows, 3);
    ck_assert_mem_eq(here.beta, there.beta, 3 * sizeof here.beta[0]);
    ck_assert_mem_eq(here.p, there.p, 3 * sizeof here.p[0]);
}
END_TEST

static void *stop_often(void *ctx)
{
    for (int i = 0; i < 1000; i++)
        regsweep_stop(ctx);
    return NULL;
}

/* Asked by another thread: no race, and no run is spoilt for good. */
START_TEST(test_stop_by_thread)
{
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};
    pthread_t other;

    ck_assert_int_eq(pthread_create(&other, NULL, stop_often, run), 0);
    for (int i = 0; i < 20; i++) {
        int status = 0;
        seen = (struct seen){.rows = 0};
        status = regsweep_run(run, take, &seen);
        ck_assert(status == REGSWEEP_OK || status == REGSWEEP_INTERRUPTED);
    }
    ck_assert_int_eq(pthread_join(other, NULL), 0);
    regsweep_stop(run);
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_INTERRUPTED);
    seen = (struct seen){.rows = 0};
    ck_assert_int_eq(regsweep_run(run, take, &seen), REGSWEEP_OK);
    ck_assert_uint_eq(seen.rows, 3);
    regsweep_free(run);
}
END_TEST

/* Labels are had by name, and stand before all other columns. */
static int take_labels(void *ctx, const struct regsweep_row *row)
{
    struct seen *seen = ctx;
    size_t i = seen->rows++;

    ck_assert_uint_lt(i, MOST);
    (void)snprintf(seen->text[i], sizeof seen->text[i], "%s %s %s %s",
                   regsweep_text(row, "kind"), regsweep_text(row, "set"),
                   regsweep_text(row, "x"), regsweep_text(row, "status"));
    seen->n[i] = regsweep_number(row, "n");
    ck_assert(isnan(regsweep_number(row, "kind")));
    ck_assert_str_eq(regsweep_column(row, 0), "kind");
    ck_assert_str_eq(regsweep_column(row, 1), "set");
    ck_assert_str_eq(regsweep_column(row, 2), "y");
    return 0;
}

START_TEST(test_labels)
{
    static const char *const want[] = {"a base x1 ok",
                                       "a base x2 ok",
                                       "a base flat constant_x",
                                       "a more x1 n_too_small",
                                       "a more flat n_too_small",
                                       "b base x1 ok",
                                       "b base x2 ok",
                                       "b base flat constant_x",
                                       "b more x1 ok",
                                       "b more flat constant_x"};
    struct regsweep *run = new_run();
    struct seen seen = {.rows = 0};

    ck_assert_int_eq(regsweep_add_texts(run, "kind", kind, ROWS), REGSWEEP_OK);
    set(run, "group", "kind");
    set(run, "model-set", "base:");
    set(run, "model-set", "more: x2");
    ck_assert_msg(regsweep_run(run, take_labels, &seen) == REGSWEEP_OK, "%s",
                  regsweep_error(run));
    ck_assert_uint_eq(seen.rows, sizeof want / sizeof want[0]);
    for (size_t i = 0; i < seen.rows; i++)
        ck_assert_str_eq(seen.text[i], want[i]);
    ck_assert(seen.n[1] == 3.0);
    regsweep_free(run);
}
END_TEST

static const struct suite_test tests[] = {
    {&test_labels, 1},         {&test_rows, 1},
    {&test_listed_pairs, 1},   {&test_again, 1},
    {&test_terms, 1},          {&test_texts, 1},
    {&test_stop, 1},           {&test_refused, 1},
    {&test_same_name, 1},      {&test_nothing_given, 1},
    {&test_meddling, 1},       {&test_settings_of_files, 1},
    {&test_threads, 1},        {&test_settings, 1},
    {&test_columns, 1},        {&test_watch, 1},
    {&test_stop_by_thread, 1},
};
SUITE(regsweep, tests)
