/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_RULES_SHARED_H
#define RS_RULES_SHARED_H

#include "asked.h"

/*
 * What the table of rules.c is made of: the conditions of its rules, true of
 * what is asked for up to there, and the values that it tells when they mean
 * nothing. Errors of these: RS_ERR_USAGE.
 */

enum { RS_CMD_ALL = RS_CMD_RUN | RS_CMD_DESCRIBE | RS_CMD_BENCH };

/* Files, how they are read, and the list of pairs. */
bool rs_when_no_file(const struct rs_asked *asked);
bool rs_when_file(const struct rs_asked *asked);
bool rs_when_listed(const struct rs_asked *asked);
bool rs_when_both_from_pipe(const struct rs_asked *asked);
bool rs_when_unlisted(const struct rs_asked *asked);
bool rs_when_unlisted_file(const struct rs_asked *asked);
bool rs_when_one_file(const struct rs_asked *asked);
bool rs_when_several_files(const struct rs_asked *asked);
bool rs_when_iid_of_none(const struct rs_asked *asked);
bool rs_when_pipe(const struct rs_asked *asked);
bool rs_when_commas_of_no_file(const struct rs_asked *asked);
bool rs_when_separates_by_blanks(const struct rs_asked *asked);
enum rs_status rs_check_marks(struct rs_asked *asked,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_check_pairs(struct rs_asked *asked,
                              struct rs_error *err) RS_MUST_CHECK;

/* Standard errors, weights, groups and sets of covariates. */
bool rs_when_robust(const struct rs_asked *asked);
bool rs_when_robust_tukey(const struct rs_asked *asked);
bool rs_when_counts(const struct rs_asked *asked);
bool rs_when_clustered(const struct rs_asked *asked);
bool rs_when_clusters_of_none(const struct rs_asked *asked);
bool rs_when_lagged(const struct rs_asked *asked);
bool rs_when_unweighted(const struct rs_asked *asked);
bool rs_when_ordered(const struct rs_asked *asked);
bool rs_when_lagged_counts(const struct rs_asked *asked);
bool rs_when_not_lagged(const struct rs_asked *asked);
bool rs_when_fills_means(const struct rs_asked *asked);
bool rs_when_groups_of_none(const struct rs_asked *asked);
bool rs_when_one_set(const struct rs_asked *asked);
bool rs_when_sets_of_none(const struct rs_asked *asked);

/* The output, its rows and columns, and the log. */
bool rs_when_to_stdout(const struct rs_asked *asked);
bool rs_when_to_database(const struct rs_asked *asked);
bool rs_when_to_no_database(const struct rs_asked *asked);
bool rs_when_unkept_note(const struct rs_asked *asked);
bool rs_when_logs_to_stdout(const struct rs_asked *asked);
bool rs_when_logs_to_output(const struct rs_asked *asked);
bool rs_when_to_no_digits(const struct rs_asked *asked);
bool rs_when_to_numbers(const struct rs_asked *asked);
bool rs_when_to_matrix(const struct rs_asked *asked);
bool rs_when_list_to_matrix(const struct rs_asked *asked);
bool rs_when_to_no_rows(const struct rs_asked *asked);
bool rs_when_terms(const struct rs_asked *asked);
bool rs_when_terms_to_no_rows(const struct rs_asked *asked);
bool rs_when_both_to_one(const struct rs_asked *asked);
bool rs_when_terms_alone(const struct rs_asked *asked);
bool rs_when_pairs_alone(const struct rs_asked *asked);
bool rs_when_measures_ranks(const struct rs_asked *asked);
bool rs_when_hides_p_perm(const struct rs_asked *asked);
bool rs_when_hides_boot(const struct rs_asked *asked);
bool rs_when_hides_limits(const struct rs_asked *asked);
enum rs_status rs_check_place(struct rs_asked *asked,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_check_cells(struct rs_asked *asked,
                              struct rs_error *err) RS_MUST_CHECK;
enum rs_status rs_check_adjust(struct rs_asked *asked,
                               struct rs_error *err) RS_MUST_CHECK;

#endif
