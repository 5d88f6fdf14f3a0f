/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include "rules.h"
#include "run_output.h"

#include <stdlib.h>

/*
 * What can be said of a run before anything is read.
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
static enum rs_status read_environment(struct rs_server *server,
                                       struct rs_error *err)
{
    double bytes = 0.0;
    enum rs_status status = RS_OK;

    server->retry_seconds = 60.0;
    status = environment_number(&server->retry_seconds, "REGSWEEP_DB_RETRY",
                                86400.0, err);
    if (status == RS_OK)
        status = environment_number(&bytes, "REGSWEEP_DB_BATCH", 0x1p30, err);
    server->batch_bytes = (size_t)bytes;
    return status;
}

enum rs_status rs_run_check(struct rs_run *run, struct rs_error *err)
{
    enum rs_status status = rs_rules_check(&run->asked, run->settings, err);

    if (status != RS_OK)
        return status;
    rs_corrections_init(&run->corrections, &run->asked);
    return read_environment(&run->server, err);
}

/* With --force, a file that is read would be lost to its own results. */
static enum rs_status check_not_input(struct rs_run *run, struct rs_error *err)
{
    const char *path = run->asked.target.path;
    enum rs_status status =
        rs_reading_files(&run->input_files, run->settings, err);

    if (status == RS_OK && path != NULL && !rs_outfile_is_stdout(path))
        status = rs_input_files_check(&run->input_files, path, path, err);
    return status;
}

enum rs_status rs_run_check_output(struct rs_run *run, struct rs_error *err)
{
    struct rs_sink_config config;
    enum rs_status status = check_not_input(run, err);

    if (status != RS_OK || run->settings->running.dry_run)
        return status;
    config = rs_run_sink_config(run);
    return run->asked.target.kind->check(&config, err);
}
