/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include "clock.h"
#include "mem.h"
#include "run_kinds.h"
#include "run_output.h"
#include "run_parts.h"

#include <stdlib.h>

enum rs_status rs_run_new(struct rs_run **out,
                          const struct rs_settings *settings,
                          const struct rs_run_env *env, struct rs_error *err)
{
    struct rs_run *run = rs_alloc(1, sizeof *run, err);

    *out = run;
    if (run == NULL)
        return RS_ERR_NOMEM;
    run->settings = settings;
    run->env = *env;
    return RS_OK;
}

enum rs_status rs_run_load(struct rs_run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->stage = RS_RUN_READING;
    rs_ticker_stage(run->env.ticker, "reading");
    status = rs_input_load(
        &run->input, run->settings, run->env.source, run->env.n_workers,
        rs_output_can(run->asked.target.kind, RS_OUTPUT_RUNS), err);
    run->env.source = NULL;
    rs_ticker_end(run->env.ticker);
    if (status == RS_OK)
        run->stage = RS_RUN_READ;
    run->times.read = rs_clock_now() - begin;
    return status;
}

/* ---- the sweep --------------------------------------------------- */

enum rs_status rs_run_sweep(struct rs_run *run, struct rs_error *err)
{
    double begin = rs_clock_now();
    enum rs_status status = RS_OK;

    run->stage = RS_RUN_SWEEPING;
    rs_stop_begin(run->env.stop);
    status = rs_run_output_open(run, err);
    if (status == RS_OK)
        status = rs_sweep_run(&run->sweep, &run->stats, err);
    status = rs_run_output_end(run, status, err);
    if (status == RS_OK)
        run->stage = RS_RUN_WHOLE;
    status = rs_stop_end(run->env.stop, status, err);
    run->times.sweep = rs_clock_now() - begin;
    return status;
}

/* ---- the end ----------------------------------------------------- */

void rs_run_unload(struct rs_run *run)
{
    rs_run_output_free(run);
    rs_run_parts_clear(run);
    rs_corrections_clear(&run->corrections);
    rs_run_kinds_clear(run);
    rs_term_names_clear(&run->term_names);
    free(run->together);
    free(run->notes);
    run->together = NULL;
    run->notes = NULL;
    free(run->n_psus);
    run->n_psus = NULL;
    rs_top_free(run->best);
    rs_p_samples_free(&run->samples);
    rs_input_clear(&run->input);
    run->best = NULL;
    run->is_short = false;
    run->sweep = (struct rs_sweep){0};
    run->stage = RS_RUN_NEW;
}

void rs_run_free(struct rs_run *run)
{
    if (run == NULL)
        return;
    rs_run_unload(run);
    rs_source_close(run->env.source);
    rs_input_files_clear(&run->input_files);
    free(run);
}
