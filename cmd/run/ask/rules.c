/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include "csv_read.h"
#include "errors.h"
#include "key_form.h"
#include "missing.h"
#include "outputs_meet.h"
#include "pairs_ask.h"

#include <string.h>
#include <sys/stat.h>

/* ---- conditions: files ------------------------------------------- */

static bool no_file(const struct rs_asked *asked)
{
    return asked->settings->files.n == 0 && !asked->settings->in_memory;
}

static bool has_file(const struct rs_asked *asked)
{
    return asked->settings->files.n > 0;
}

static bool is_listed(const struct rs_asked *asked)
{
    return rs_pairs_of(asked->settings) == RS_PAIRS_LIST;
}

/* Both FILE and the list of pairs are standard input. */
static bool both_from_pipe(const struct rs_asked *asked)
{
    const struct rs_list *files = &asked->settings->files;
    bool listed =
        is_listed(asked) && strcmp(rs_pairs_file(asked->settings), "-") == 0;

    for (size_t i = 0; i < files->n && listed; i++)
        if (strcmp(files->values[i], "-") == 0)
            return true;
    return false;
}

/* Nothing says which columns are dependent. */
static bool is_unlisted(const struct rs_asked *asked)
{
    return !is_listed(asked);
}

static bool unlisted_file(const struct rs_asked *asked)
{
    return has_file(asked) && !is_listed(asked);
}

static bool one_file(const struct rs_asked *asked)
{
    return asked->settings->files.n == 1;
}

static bool several_files(const struct rs_asked *asked)
{
    return asked->settings->files.n > 1;
}

/* PLINK's samples, where no file has samples. */
static bool iid_of_none(const struct rs_asked *asked)
{
    const struct rs_reading_settings *reading = &asked->settings->reading;

    return reading->key_as == (int)RS_KEY_IID && !reading->transpose &&
           reading->transposed.n == 0;
}

/* What can be read once only; a folder is told when it is opened. */
static bool is_pipe(const struct rs_asked *asked)
{
    const struct rs_list *files = &asked->settings->files;
    struct stat st;

    return files->n > 0 && (strcmp(files->values[0], "-") == 0 ||
                            (stat(files->values[0], &st) == 0 &&
                             !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)));
}

/* A decimal comma, which means nothing without a file. */
static bool commas_of_no_file(const struct rs_asked *asked)
{
    return no_file(asked) && asked->settings->reading.decimal != '.';
}

/* ---- conditions: output ------------------------------------------ */

static bool can(const struct rs_asked *asked, unsigned what)
{
    return rs_output_can(asked->target.kind, what);
}

static bool is_robust(const struct rs_asked *asked)
{
    return asked->errors->meat != NULL;
}

/* The range of means of one variance. */
static bool is_robust_tukey(const struct rs_asked *asked)
{
    return is_robust(asked) &&
           asked->settings->writing.contrasts == RS_PAIRWISE_TUKEY;
}

static bool are_counts(const struct rs_asked *asked)
{
    return asked->settings->selecting.weights_are == RS_WEIGHTS_ARE_COUNTS;
}

static bool is_clustered(const struct rs_asked *asked)
{
    return (asked->errors->asks & RS_ERRORS_OF_CLUSTERS) != 0;
}

static bool clusters_of_none(const struct rs_asked *asked)
{
    return !is_clustered(asked) && asked->settings->testing.bootstrap == 0;
}

static bool is_lagged(const struct rs_asked *asked)
{
    return (asked->errors->asks & RS_ERRORS_OF_LAGS) != 0;
}

static bool unweighted(const struct rs_asked *asked)
{
    return asked->settings->selecting.weights.n == 0;
}

/* Rows depend on each other, and not within clusters. */
static bool is_ordered(const struct rs_asked *asked)
{
    return is_lagged(asked) || asked->settings->modelling.survey;
}

static bool lagged_counts(const struct rs_asked *asked)
{
    return is_lagged(asked) && are_counts(asked);
}

static bool not_lagged(const struct rs_asked *asked)
{
    return !is_lagged(asked);
}

static bool to_stdout(const struct rs_asked *asked)
{
    return strcmp(asked->settings->writing.output, "-") == 0;
}

static bool to_database(const struct rs_asked *asked)
{
    return can(asked, RS_OUTPUT_RUNS);
}

static bool to_no_database(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_RUNS);
}

/* A remark that nobody would find again. */
static bool unkept_note(const struct rs_asked *asked)
{
    return to_no_database(asked) && asked->settings->informing.log == NULL;
}

static bool logs_to_stdout(const struct rs_asked *asked)
{
    const char *log = asked->settings->informing.log;

    return log[0] == '\0' || rs_outfile_is_stdout(log);
}

static bool logs_to_output(const struct rs_asked *asked)
{
    return rs_outputs_meet(asked->settings->informing.log, asked->target.path);
}

static bool to_no_digits(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_DIGITS);
}

/* To a database that has no texts of them. */
static bool to_numbers(const struct rs_asked *asked)
{
    return to_database(asked) && to_no_digits(asked);
}

static bool to_matrix(const struct rs_asked *asked)
{
    return can(asked, RS_OUTPUT_MATRIX);
}

static bool list_to_matrix(const struct rs_asked *asked)
{
    return is_listed(asked) && to_matrix(asked);
}

static bool to_no_rows(const struct rs_asked *asked)
{
    return !can(asked, RS_OUTPUT_ROWS);
}

/* ---- conditions: rows and columns -------------------------------- */

static bool has_terms(const struct rs_asked *asked)
{
    return asked->rows != RS_ROWS_PAIRS;
}

static bool terms_to_no_rows(const struct rs_asked *asked)
{
    return has_terms(asked) && to_no_rows(asked);
}

static bool both_to_one(const struct rs_asked *asked)
{
    return asked->settings->writing.rows == RS_ROWS_OF_BOTH &&
           !can(asked, RS_OUTPUT_BOTH);
}

static bool terms_alone(const struct rs_asked *asked)
{
    return asked->rows == RS_ROWS_TERMS;
}

static bool fills_means(const struct rs_asked *asked)
{
    return asked->settings->missing.policy == RS_MISSING_MEAN;
}

static bool pairs_alone(const struct rs_asked *asked)
{
    return !has_terms(asked);
}

static bool groups_of_none(const struct rs_asked *asked)
{
    return ((unsigned)asked->family & RS_FAMILY_GROUP) != 0 &&
           !rs_settings_given(asked->settings,
                              offsetof(struct rs_settings, selecting.groups));
}

static bool one_set(const struct rs_asked *asked)
{
    return asked->settings->modelling.model_sets.n == 1;
}

static bool sets_of_none(const struct rs_asked *asked)
{
    return ((unsigned)asked->family & RS_FAMILY_SET) != 0 &&
           !rs_settings_given(asked->settings, offsetof(struct rs_settings,
                                                        modelling.model_sets));
}

/* Measures of least squares, of a model that fits none. */
static bool measures_ranks(const struct rs_asked *asked)
{
    return (asked->model->can & RS_CAN_LINE) == 0 &&
           rs_asked_shows(asked, RS_FIELD_STD_BETA, RS_FIELD_DROPPED);
}

static bool hides_p_perm(const struct rs_asked *asked)
{
    return !rs_asked_shows(asked, RS_FIELD_P_PERM, RS_FIELD_P_PERM);
}

static bool hides_boot(const struct rs_asked *asked)
{
    return !rs_asked_shows(asked, RS_FIELD_BOOT_LOW, RS_FIELD_BCA_HIGH);
}

/* No intervals of a level, whose are also the bootstrap's. */
static bool hides_limits(const struct rs_asked *asked)
{
    return asked->settings->testing.bootstrap == 0 &&
           !rs_asked_shows(asked, RS_FIELD_CI_LOW, RS_FIELD_CI_HIGH) &&
           !rs_asked_shows(asked, RS_FIELD_R_LOW, RS_FIELD_R_HIGH);
}

static bool separates_by_blanks(const struct rs_asked *asked)
{
    return asked->settings->reading.delimiter == RS_CSV_BLANKS;
}

/* ---- values ------------------------------------------------------ */

static enum rs_status check_comment(const struct rs_reading_settings *reading,
                                    struct rs_error *err)
{
    const char *text = reading->comment;

    if (text == NULL ||
        (strcspn(text, " \t\"") > 0 && strpbrk(text, "\r\n") == NULL &&
         strlen(text) <= RS_CSV_COMMENT_MOST))
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{comment} takes what comments begin with, as '#': at "
                        "most %d bytes of a line, and no blank or quote first",
                        RS_CSV_COMMENT_MOST);
}

static enum rs_status check_marks(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_reading_settings *reading = &asked->settings->reading;

    if (reading->decimal != '.' && reading->decimal != ',')
        return rs_error_set(err, RS_ERR_USAGE, "{decimal}: '%c' is not . or ,",
                            reading->decimal);
    if (reading->delimiter == reading->decimal && reading->delimiter != '\0')
        return rs_error_set(err, RS_ERR_USAGE,
                            "{delimiter} and {decimal} are both '%c'",
                            reading->decimal);
    return check_comment(reading, err);
}

static enum rs_status check_pairs(struct rs_asked *asked, struct rs_error *err)
{
    return rs_pairs_check(asked->settings, err);
}

static enum rs_status check_place(struct rs_asked *asked, struct rs_error *err)
{
    return rs_target_check_place(&asked->target, err);
}

/* Whether a column is of a line of y on x. */
static bool is_of_line(enum rs_field field)
{
    switch (field) {
    case RS_FIELD_INTERCEPT:
    case RS_FIELD_BETA:
    case RS_FIELD_SE:
    case RS_FIELD_CI_LOW:
    case RS_FIELD_CI_HIGH:
    case RS_FIELD_R_LOW:
    case RS_FIELD_R_HIGH:
    case RS_FIELD_R2:
    case RS_FIELD_ADJ_R2:
    case RS_FIELD_F:
    case RS_FIELD_F_P:
    case RS_FIELD_SIGMA:
    case RS_FIELD_AIC:
    case RS_FIELD_BIC:
    case RS_FIELD_LOGLIK:
        return true;
    default:
        return false;
    }
}

/* What a matrix is of: one column, and no names of it. */
static enum rs_status check_cells(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_result_columns *columns = &asked->columns;
    enum rs_field field = columns->fields[0];
    const char *what = asked->target.kind->what;

    if (asked->settings->writing.columns == NULL || columns->n != 1)
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: %s has one number of every pair; "
                            "name one column, such as {columns} beta",
                            what);
    if (rs_source_is_text(rs_fields[field].source))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: %s has numbers, and '%s' is a text",
                            what, columns->names[0]);
    if ((asked->model->can & RS_CAN_LINE) == 0 && is_of_line(field))
        return rs_error_set(err, RS_ERR_USAGE,
                            "{columns}: model '%s' has no '%s'",
                            asked->model->name, rs_fields[field].name);
    if (rs_fields[field].source == RS_FROM_ADDED &&
        rs_fields[field].need != RS_NEED_ADJUST)
        return rs_error_set(err, RS_ERR_USAGE, "{columns}: %s cannot hold '%s'",
                            what, columns->names[0]);
    return RS_OK;
}

/* Adjusted p that nobody sees, nor a condition or the table of the summary. */
static enum rs_status check_adjust(struct rs_asked *asked, struct rs_error *err)
{
    const struct rs_settings *settings = asked->settings;
    int first = RS_FIELD_P_BONFERRONI;

    if (settings->testing.adjust == NULL || settings->testing.q_max < 1.0 ||
        settings->informing.summary ||
        rs_asked_shows(asked, first, first + RS_ADJUST_COUNT - 1))
        return RS_OK;
    return rs_error_set(err, RS_ERR_USAGE,
                        "{adjust}: {columns} leaves out '%s', so that nothing "
                        "of it would be seen",
                        rs_fields[first + (int)asked->adjust.q_method].name);
}

/* ---- the table --------------------------------------------------- */

#define RUN         RS_CMD_RUN
#define BENCH       RS_CMD_BENCH
#define READS       (RS_CMD_RUN | RS_CMD_DESCRIBE)
#define SWEEPS      (RS_CMD_RUN | RS_CMD_BENCH)
#define ALL         (READS | SWEEPS)
#define AT(field)   offsetof(struct rs_settings, field)
#define NEEDS       RS_RULE_NEEDS
#define EXCLUDES    RS_RULE_EXCLUDES
#define FINDS(step) RS_RULE_FINDS, SWEEPS, 0, {0}, NULL, NULL, step
#define TOPS        "{top}, {top-per-y} and {top-per-x} exclude each other"
#define NO_TERMS(setting)                                                      \
    "{rows} terms: {" setting "} has columns in the rows of pairs only "       \
    "({rows} pairs, or both)"
/* The second argument of a text alone. */
#define THE_KIND "%.0s%s"
#define UNSEEN(setting, column)                                                \
    "{" setting "}: {columns} leaves out '" column "', so that nothing of it " \
    "would be seen"

/* clang-format off */
const struct rs_rule rs_rules[] = {
    {RS_RULE_FINDS, ALL, 0, {0}, NULL, NULL, check_marks},
    {EXCLUDES, ALL, AT(keeping.top), {AT(keeping.top_per_y), AT(keeping.top_per_x)}, NULL, TOPS, NULL},
    {EXCLUDES, ALL, AT(keeping.top_per_y), {AT(keeping.top_per_x)}, NULL, TOPS, NULL},
    {EXCLUDES, ALL, AT(informing.quiet), {AT(informing.verbose)}, NULL,
     "{quiet} and {verbose} exclude each other", NULL},
    {EXCLUDES, RUN, AT(informing.no_notes), {AT(informing.verbose)}, NULL,
     "{no-notes} and {verbose} exclude each other", NULL},
    {EXCLUDES, ALL, AT(informing.quiet), {AT(running.timings)}, NULL,
     "{quiet} and {timings} exclude each other", NULL},

    {EXCLUDES, READS, 0, {0}, no_file, "%s needs a FILE (- for standard input)", NULL},
    {EXCLUDES, READS, AT(reading.key), {AT(reading.transpose)}, NULL,
     "{key}: with {transpose}, FILEs are joined by the names of the samples", NULL},
    {EXCLUDES, READS, AT(reading.transpose), {AT(reading.transposed)}, NULL,
     "{transpose} is of all FILEs, {transposed} of one: give one of them", NULL},
    {EXCLUDES, READS, AT(reading.key), {0}, one_file,
     "{key} joins several FILEs, and there is one only", NULL},
    {EXCLUDES, READS, AT(reading.key_as), {0}, one_file,
     "{key-as} is of several FILEs that are joined, and there is one only", NULL},
    {EXCLUDES, READS, AT(reading.key_as), {0}, iid_of_none,
     "{key-as} iid is of the samples' names in a transposed FILE, and there is none ({transposed} FILE names it)", NULL},
    {NEEDS, ALL, AT(reading.name_column), {AT(reading.transpose), AT(reading.transposed)}, NULL,
     "{name-column} is of a FILE with one variable a line: {transpose}, or {transposed} FILE", NULL},
    {NEEDS, ALL, AT(reading.leading), {AT(reading.transpose), AT(reading.transposed)}, NULL,
     "{leading} is of a FILE with one variable a line: {transpose}, or {transposed} FILE", NULL},
    {EXCLUDES, READS, AT(reading.no_header), {0}, several_files,
     "{no-header}: several FILEs are joined by names, so they need headers", NULL},
    {EXCLUDES, ALL, AT(reading.no_header), {AT(reading.row_names)}, NULL,
     "{row-names} adds a name to the header, and {no-header} says that there is none", NULL},
    {EXCLUDES, ALL, AT(reading.trailing_delimiter), {0}, separates_by_blanks,
     "{trailing-delimiter}: with {delimiter} blanks, those at the end of a line are none anyway", NULL},
    {FINDS(check_pairs)},
    {EXCLUDES, SWEEPS, AT(selecting.pairs), {0}, both_from_pipe,
     "{pairs}: standard input is FILE already, and can be read once", NULL},
    {NEEDS, RUN, 0, {AT(selecting.dependent)}, is_unlisted,
     "%s needs {dependent} ({y}): which columns shall be explained?", NULL},

    {EXCLUDES, BENCH, AT(writing.output), {0}, to_stdout,
     "{output}: standard output takes the figures, not the rows", NULL},
    {EXCLUDES, BENCH, 0, {0}, several_files, "%s takes one FILE only", NULL},
    {EXCLUDES, BENCH, AT(running.size), {0}, has_file,
     "{size} is of the table that %s makes up without FILE", NULL},
    {NEEDS, BENCH, 0, {AT(selecting.dependent)}, unlisted_file,
     "%s of a FILE needs {dependent} ({y}): which columns shall be explained?", NULL},
    {EXCLUDES, BENCH, 0, {0}, is_pipe,
     "%s reads its input several times: FILE must be a regular file", NULL},
    {EXCLUDES, BENCH, 0,
     {AT(selecting.dependent), AT(selecting.independent), AT(selecting.covariates),
      AT(selecting.factors), AT(selecting.weights)},
     no_file, "columns are chosen, but there is no FILE", NULL},
    {EXCLUDES, BENCH, 0, {AT(selecting.refs), AT(selecting.max_levels), AT(selecting.where)}, no_file,
     "columns are chosen, but there is no FILE", NULL},
    {EXCLUDES, BENCH, 0, {AT(modelling.cluster), AT(modelling.time), AT(modelling.interact), AT(modelling.strata), AT(modelling.psu)}, no_file,
     "columns are chosen, but there is no FILE", NULL},
    {EXCLUDES, BENCH, 0, {AT(missing.na), AT(reading.delimiter), AT(reading.no_header), AT(reading.no_labels)}, no_file,
     "options say how to read FILE, but there is none", NULL},
    {EXCLUDES, BENCH, 0, {AT(reading.numbers), AT(reading.truth), AT(reading.dates)}, no_file,
     "options say how to read FILE, but there is none", NULL},
    {EXCLUDES, BENCH, 0, {AT(reading.skip), AT(reading.comment), AT(reading.trailing_delimiter), AT(reading.row_names)}, no_file,
     "options say how to read FILE, but there is none", NULL},
    {EXCLUDES, BENCH, 0, {0}, commas_of_no_file,
     "options say how to read FILE, but there is none", NULL},

    {FINDS(rs_asked_model)},
    {NEEDS, SWEEPS, AT(modelling.se), {AT(modelling.cluster)}, is_clustered,
     "{se} cluster needs {cluster}: the column that says which rows belong together", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.cluster), {0}, clusters_of_none,
     "{cluster} goes with {se} cluster or {bootstrap}", NULL},
    {NEEDS, SWEEPS, AT(modelling.se), {AT(modelling.lag)}, is_lagged,
     "{se} hac needs {lag}: how many rows apart may residuals be correlated?", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.se), {0}, lagged_counts,
     "{se} hac is of rows in an order, and {weights-are} counts of rows that stand for several", NULL},
    {NEEDS, SWEEPS, AT(selecting.weights_are), {AT(selecting.weights)}, NULL,
     "{weights-are} goes with {weights}", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.weights_are), {AT(testing.permute), AT(testing.bootstrap)}, are_counts,
     "{weights-are} counts: {permute} and {bootstrap} draw rows, not what they stand for", NULL},
    {NEEDS, SWEEPS, AT(modelling.survey), {AT(modelling.strata), AT(modelling.psu), AT(selecting.weights)}, NULL,
     "{survey} needs the design: {strata}, {psu} or {weights}", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.survey), {AT(modelling.se)}, NULL,
     "{survey} has standard errors of its own; it does not go with {se}", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.survey), {AT(selecting.weights_are)}, are_counts,
     "{weights-are} counts does not go with {survey}, whose weights say how many units of a population a row stands for", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.survey), {AT(selecting.where)}, unweighted,
     "{where} keeps rows of a {survey} by their weights, so that PSUs stay in the design: give {weights}", NULL},
    {EXCLUDES, SWEEPS, AT(testing.bootstrap), {0}, is_ordered,
     "{bootstrap} draws rows one by one, against what {se} hac and {survey} say of them", NULL},
    {NEEDS, SWEEPS, AT(modelling.strata), {AT(modelling.survey)}, NULL, "{strata} goes with {survey}", NULL},
    {NEEDS, SWEEPS, AT(modelling.psu), {AT(modelling.survey)}, NULL, "{psu} goes with {survey}", NULL},
    {NEEDS, SWEEPS, AT(modelling.lonely), {AT(modelling.survey)}, NULL, "{lonely} goes with {survey}", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.lag), {0}, not_lagged, "{lag} goes with {se} hac", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.time), {0}, not_lagged, "{time} goes with {se} hac", NULL},
    {NEEDS, SWEEPS, AT(modelling.interact_test), {AT(modelling.interact)}, NULL,
     "{interact-test} goes with {interact}", NULL},
    {NEEDS, SWEEPS, AT(modelling.poly_test), {AT(modelling.poly)}, NULL,
     "{poly-test} goes with {poly}", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.poly), {AT(modelling.interact)}, NULL,
     "{poly} and {interact} exclude each other: powers of x have no one product with another column", NULL},
    {FINDS(rs_asked_output)},
    {EXCLUDES, SWEEPS, AT(writing.append), {0}, to_no_database,
     "{append} goes with a database as output", NULL},
    {EXCLUDES, RUN, AT(writing.note), {0}, unkept_note,
     "{note} is kept by a database or a log: {output} NAME.db or {log} FILE", NULL},
    {EXCLUDES, RUN, AT(informing.log), {0}, logs_to_stdout, "{log} needs the name of a file", NULL},
    {EXCLUDES, RUN, AT(informing.log), {0}, logs_to_output,
     "{log} and {output} are the same file", NULL},
    {EXCLUDES, SWEEPS, AT(writing.table), {0}, to_no_database,
     "{table} goes with a database as output", NULL},
    {EXCLUDES, SWEEPS, AT(writing.digits), {0}, to_numbers,
     "{digits} does not go with a database, which holds the numbers themselves", NULL},
    {EXCLUDES, SWEEPS, AT(writing.append), {AT(writing.force)}, NULL,
     "{append} and {force} exclude each other", NULL},
    {FINDS(check_place)},
    {EXCLUDES, SWEEPS, AT(selecting.weights_for), {0}, fills_means,
     "{weights-for}: the mean of x would depend on the pair; {missing} mean does not go with it", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.weights_for), {0}, to_matrix,
     "{weights-for} does not go with " THE_KIND, NULL},
    {NEEDS, SWEEPS, AT(modelling.compare), {AT(modelling.model_sets)}, NULL,
     "{compare} goes with {model-set}", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.compare), {0}, one_set,
     "{compare}: a single {model-set} has nothing to be compared with", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.compare), {0}, terms_alone,
     "{compare} adds columns to rows of pairs, and {rows} terms has none of these", NULL},
    {EXCLUDES, SWEEPS, AT(modelling.model_sets), {0}, to_matrix,
     "{model-set}: a matrix has one value for each pair; give another {output}", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.pairs), {0}, list_to_matrix,
     "{pairs}: a matrix has a cell for every y and x, and a list names few of them; give another {output}", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.groups), {0}, to_matrix,
     "{group}: a matrix has one value for each pair; give another {output}", NULL},
    {EXCLUDES, SWEEPS, 0, {0}, terms_to_no_rows,
     "{rows}: a matrix has one value for each pair", NULL},
    {EXCLUDES, SWEEPS, 0, {0}, both_to_one,
     "{rows} both fills two tables of a database; write a text file by {rows} pairs and another by {rows} terms",
     NULL},
    {EXCLUDES, SWEEPS, AT(writing.reference_rows), {0}, pairs_alone,
     "{reference-rows} goes with {rows} terms", NULL},
    {EXCLUDES, SWEEPS, AT(writing.contrasts), {0}, pairs_alone,
     "{contrasts} goes with {rows} terms", NULL},
    {EXCLUDES, SWEEPS, AT(writing.contrasts), {0}, is_robust_tukey,
     "{contrasts} tukey is of residuals with one variance; {contrasts} holm goes with any standard errors", NULL},
    {EXCLUDES, SWEEPS, AT(writing.contrasts), {AT(modelling.interact), AT(modelling.poly)}, NULL,
     "{contrasts} are of the levels of x alone; they do not go with {interact} or {poly}", NULL},
    {EXCLUDES, SWEEPS, AT(testing.permute), {0}, is_robust,
     "{permute} compares |r|, which does not rank tests as robust t do ({se} classical)", NULL},
    {EXCLUDES, SWEEPS, AT(testing.permute), {AT(modelling.cluster)}, NULL,
     "{permute} exchanges rows one by one, and those of a {cluster} are not independent", NULL},
    {EXCLUDES, SWEEPS, AT(testing.adjust), {0}, terms_alone, NO_TERMS("adjust"), NULL},
    {EXCLUDES, SWEEPS, AT(testing.permute), {0}, terms_alone, NO_TERMS("permute"), NULL},
    {EXCLUDES, SWEEPS, AT(testing.bootstrap), {0}, terms_alone, NO_TERMS("bootstrap"), NULL},

    {NEEDS, SWEEPS, AT(selecting.pool_groups), {AT(selecting.groups)}, NULL,
     "{pool-groups} needs {group}", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.pool_groups), {0}, has_terms,
     "{pool-groups} pools the slope of x: it goes with {rows} pairs", NULL},
    {EXCLUDES, SWEEPS, AT(selecting.pool_groups), {AT(testing.permute), AT(testing.bootstrap)}, NULL,
     "{pool-groups} does not go with {permute} and {bootstrap}, which are of rows: a pooled row has none of its own", NULL},

    {FINDS(rs_asked_adjust)},
    {NEEDS, SWEEPS, AT(testing.family), {AT(testing.adjust), AT(testing.q_max), AT(testing.permute)}, NULL,
     "{family} goes with {adjust} or {permute}", NULL},
    {EXCLUDES, SWEEPS, AT(testing.family), {0}, groups_of_none,
     "{family} group needs {group}", NULL},
    {EXCLUDES, SWEEPS, AT(testing.family), {0}, sets_of_none, "{family} set needs {model-set}", NULL},
    {EXCLUDES, RUN, AT(testing.m_eff), {AT(modelling.model_sets)}, NULL,
     "{m-eff} does not go with {model-set}: tests of several sets are of the same columns", NULL},
    {NEEDS, SWEEPS, AT(testing.test_memory), {AT(testing.adjust), AT(testing.q_max)}, NULL,
     "{test-memory} goes with {adjust}", NULL},
    {NEEDS, SWEEPS, AT(testing.seed), {AT(testing.permute), AT(testing.bootstrap)}, NULL,
     "{seed} goes with {permute} or {bootstrap}", NULL},

    {FINDS(rs_asked_columns)},
    {EXCLUDES, SWEEPS, 0, {AT(keeping.top), AT(keeping.top_per_y), AT(keeping.top_per_x)}, to_matrix,
     "{top} does not go with " THE_KIND "; {p-max}, {r2-min} and {partial-r2-min} do", NULL},
    {RS_RULE_FINDS, SWEEPS, 0, {0}, to_matrix, NULL, check_cells},
    {EXCLUDES, SWEEPS, AT(writing.digits), {0}, to_no_digits, "{digits} does not go with " THE_KIND, NULL},
    {EXCLUDES, SWEEPS, AT(writing.naming), {0}, to_matrix,
     "{naming} does not go with " THE_KIND ", which has no names of result columns", NULL},
    {FINDS(check_adjust)},
    {EXCLUDES, SWEEPS, 0, {0}, measures_ranks,
     "{columns}: the columns of diagnostics are of least squares ({model} ols)", NULL},
    {EXCLUDES, SWEEPS, AT(testing.permute), {0}, hides_p_perm, UNSEEN("permute", "p_perm"), NULL},
    {EXCLUDES, SWEEPS, AT(testing.bootstrap), {0}, hides_boot, UNSEEN("bootstrap", "boot_low"), NULL},
    {EXCLUDES, SWEEPS, AT(modelling.conf_level), {0}, hides_limits,
     "{conf-level}: the result has no confidence limits; add {columns} +ci", NULL},

    {EXCLUDES, BENCH, 0, {0}, to_database, "{output}: %s does not write to databases", NULL},
    {EXCLUDES, BENCH, 0, {0}, to_no_rows, "{output}: %s writes rows, not %s", NULL},
};
/* clang-format on */

const size_t rs_n_rules = sizeof rs_rules / sizeof rs_rules[0];

/* ---- looking ----------------------------------------------------- */

const char *rs_command_bit_name(unsigned command)
{
    return command == RS_CMD_RUN     ? "run"
           : command == RS_CMD_BENCH ? "bench"
                                     : "describe";
}

static const char *kind_name(const struct rs_asked *asked)
{
    return asked->target.kind == NULL ? "" : asked->target.kind->what;
}

static bool is_broken(const struct rs_rule *rule, const struct rs_asked *asked)
{
    const struct rs_settings *settings = asked->settings;
    size_t n_given = 0;
    size_t n = 0;

    if (rule->setting != 0 && !rs_settings_given(settings, rule->setting))
        return false;
    for (; n < RS_RULE_OTHERS && rule->others[n] != 0; n++)
        n_given += rs_settings_given(settings, rule->others[n]);
    return rule->kind == RS_RULE_NEEDS ? n_given == 0 : n == 0 || n_given > 0;
}

/* The rules [first, end). */
static enum rs_status check(struct rs_asked *asked, size_t first, size_t end,
                            struct rs_error *err)
{
    enum rs_status status = RS_OK;

    for (size_t i = first; i < end && status == RS_OK; i++) {
        const struct rs_rule *rule = &rs_rules[i];
        if ((rule->commands & asked->settings->command) == 0)
            continue;
        if (rule->kind != RS_RULE_FINDS && !is_broken(rule, asked))
            continue;
        if (rule->when != NULL && !rule->when(asked))
            continue;
        status =
            rule->kind == RS_RULE_FINDS
                ? rule->find(asked, err)
                : rs_error_set(err, RS_ERR_USAGE, rule->text,
                               rs_command_bit_name(asked->settings->command),
                               kind_name(asked));
    }
    return status;
}

/* How many stand at the head of the table that are of all commands. */
static size_t count_of_all(void)
{
    size_t n = 0;

    while (rs_rules[n].commands == ALL)
        n++;
    return n;
}

enum rs_status rs_rules_check_settings(const struct rs_settings *settings,
                                       struct rs_error *err)
{
    struct rs_asked asked = {.settings = settings};

    return check(&asked, 0, count_of_all(), err);
}

enum rs_status rs_rules_check(struct rs_asked *out,
                              const struct rs_settings *settings,
                              struct rs_error *err)
{
    *out = (struct rs_asked){.settings = settings};
    return check(out, count_of_all(), rs_n_rules, err);
}
