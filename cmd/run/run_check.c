/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run_check.h"

#include <stdlib.h>

/*
 * What can be said of the settings before anything is read.
 */

/* A number of the environment, within [0, most]; *out stays as it is when
 * there is none. */
static enum rs_status environment_number(double *out, const char *name,
                                         double most, struct rs_error *err)
{
    const char *text = getenv(name);
    char *end = NULL;

    if (text == NULL || text[0] == '\0')
        return RS_OK;
    *out = strtod(text, &end);
    if (*end != '\0' || !(*out >= 0.0 && *out <= most))
        return rs_error_set(err, RS_ERR_USAGE,
                            "%s: '%s' is not a number from 0 to %g", name, text,
                            most);
    return RS_OK;
}

/* How a database is written; the defaults are right outside tests, or where
 * rows must be seen at once. */
static enum rs_status read_environment(struct rs_run_setup *setup,
                                       struct rs_error *err)
{
    double bytes = 0.0;
    enum rs_status status = RS_OK;

    setup->retry_seconds = 60.0;
    status = environment_number(&setup->retry_seconds, "REGSWEEP_DB_RETRY",
                                86400.0, err);
    if (status == RS_OK)
        status = environment_number(&bytes, "REGSWEEP_DB_BATCH", 0x1p30, err);
    setup->batch_bytes = (size_t)bytes;
    return status;
}

/* What the cells of a matrix are; where there is none, nobody asks. */
static int find_field(const struct rs_asked *asked)
{
    enum rs_field field = asked->columns.fields[0];

    return rs_fields[field].need == RS_NEED_ADJUST
               ? RS_VALUE_LOG_P /* until they are adjusted */
               : (int)field;
}

enum rs_status rs_run_setup_find(struct rs_run_setup *setup,
                                 const struct rs_settings *settings,
                                 struct rs_error *err)
{
    enum rs_status status = rs_rules_check(&setup->asked, settings, err);

    if (status != RS_OK)
        return status;
    setup->field = find_field(&setup->asked);
    rs_corrections_init(&setup->corrections, &setup->asked);
    return read_environment(setup, err);
}
