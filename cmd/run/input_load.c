/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include "categories.h"
#include "hash.h"
#include "input_shared.h"
#include "joined_notes.h"
#include "labelled_notes.h"
#include "listed_pairs.h"
#include "look.h"
#include "lost_digits.h"
#include "pairs_ask.h"
#include "where.h"

#include <stdlib.h>
#include <string.h>

/* The list of pairs becomes one of columns of the dataset. */
static void take_list(struct rs_input *input,
                      const struct rs_column_choice *choice)
{
    struct rs_pair_list *list = &input->list;

    if (choice->listed == NULL)
        return;
    *list = choice->listed->list;
    choice->listed->list = (struct rs_pair_list){0};
    for (size_t i = 0; i < list->n_y; i++)
        list->y[i] = choice->place[list->y[i]];
    for (uint64_t k = 0; k < list->starts[list->n_y]; k++)
        list->x[k] = (uint32_t)choice->place[list->x[k]];
}

static enum rs_status load_columns(struct rs_input *out, struct rs_table *table,
                                   struct rs_column_choice *choice,
                                   const struct rs_settings *settings,
                                   unsigned n_threads, struct rs_error *err)
{
    struct rs_transformed_of of = rs_column_choice_transformed(choice, table);
    const struct rs_input_side y = {"dependent", false, &choice->y, &out->y,
                                    &out->n_y};
    const struct rs_look look = {out, choice, table, settings};
    const struct rs_input_side x = {"independent", true, &choice->x, &out->x,
                                    &out->n_x};
    enum rs_status status =
        rs_table_load(&out->data, table, choice->wanted, choice->n_wanted, err);

    if (status == RS_OK)
        status = rs_input_find_side(&y, out, choice, table, settings, err);
    if (status == RS_OK)
        status = rs_input_find_roles(out, choice, table, err);
    if (status == RS_OK)
        status = rs_input_find_sets(out, choice, err);
    if (status == RS_OK)
        status = rs_categories_load(out, table, choice, settings, err);
    if (status == RS_OK)
        status = rs_where_apply(out, choice, table, settings->modelling.survey,
                                n_threads, err);
    if (status == RS_OK)
        status = rs_input_find_side(&x, out, choice, table, settings, err);
    if (status == RS_OK)
        status = rs_categories_refer(out, table, settings, err);
    if (status == RS_OK)
        status = rs_input_find_weights(out, choice, table, settings, err);
    if (status == RS_OK)
        status = rs_input_sort_groups(out, n_threads, err);
    of.groups = &out->groups;
    if (status == RS_OK)
        status = rs_transformed_apply(&choice->transforms, out->data, &of,
                                      n_threads, err);
    out->transforms = choice->transforms;
    choice->transforms = (struct rs_transformed){0};
    if (status == RS_OK)
        status = rs_input_check_means(out, settings, err);
    if (status == RS_OK)
        status = rs_look_all(&look, err);
    if (status == RS_OK)
        status = rs_input_see_to_rows(out, settings, n_threads, err);
    return status;
}

/* The columns, of those of a list where there is one. */
static enum rs_status choose_columns(struct rs_column_choice *choice,
                                     struct rs_listed_pairs *listed,
                                     const struct rs_input *input,
                                     const struct rs_table *table,
                                     const struct rs_settings *settings,
                                     unsigned n_threads, struct rs_error *err)
{
    bool is_listed = input->pairs == RS_PAIRS_LIST;
    enum rs_status status = RS_OK;

    if (is_listed)
        status = rs_listed_pairs_read(listed, rs_pairs_file(settings), table,
                                      n_threads, err);
    if (status != RS_OK)
        return status;
    status = rs_column_choice_init(choice, table, settings,
                                   is_listed ? listed : NULL, err);
    if (status == RS_ERR_USAGE) /* there may be no such column so */
        rs_table_offer(err, table);
    if (status == RS_ERR_MALFORMED && err->file[0] == '\0') {
        const char *path = rs_table_header(&err->line, table);
        status = rs_error_in_file(err, status, path); /* of the header */
    }
    return status;
}

/* What doubles do not hold. */
static enum rs_status find_lost(struct rs_input *input,
                                const struct rs_table *table,
                                struct rs_error *err)
{
    char text[RS_LOST_DIGITS_TEXT];
    struct rs_lost_digits lost;
    enum rs_status status = rs_lost_digits_find(&lost, table, input->data, err);

    if (status != RS_OK)
        return status;
    rs_lost_digits_text(text, &lost);
    rs_lost_digits_clear(&lost);
    return text[0] == '\0' ? RS_OK
                           : rs_notices_add(&input->notices, RS_NOTICE_WARNING,
                                            err, "%s", text);
}

/* What has been noticed may be why the load has failed. */
static void clear_but_notices(struct rs_input *input)
{
    struct rs_notices notices = input->notices;

    input->notices = (struct rs_notices){0};
    rs_input_clear(input);
    input->notices = notices;
}

enum rs_status rs_input_load(struct rs_input *out,
                             const struct rs_settings *settings,
                             struct rs_source *source, unsigned n_threads,
                             bool hash, struct rs_error *err)
{
    struct rs_table *table = NULL;
    struct rs_hashes *hashes = NULL;
    struct rs_column_choice choice = {0};
    struct rs_listed_pairs listed = {0};
    enum rs_status status = RS_OK;

    memset(out, 0, sizeof *out);
    out->pairs = rs_pairs_of(settings);
    if (hash) {
        hashes = rs_hashes_new(settings->files.n, err);
        if (hashes == NULL) {
            rs_source_close(source);
            return RS_ERR_NOMEM;
        }
    }
    status = source == NULL
                 ? rs_reading_open(&table, settings, n_threads, hashes, err)
                 : rs_table_open_source(&table, source, n_threads, err);
    if (status != RS_OK)
        goto done;
    status =
        choose_columns(&choice, &listed, out, table, settings, n_threads, err);
    if (status == RS_OK)
        status = rs_listed_pairs_note(&out->notices, &listed, err);
    if (status == RS_OK)
        status = load_columns(out, table, &choice, settings, n_threads, err);
    if (status == RS_OK)
        take_list(out, &choice);
    if (status == RS_OK)
        status = rs_labelled_notes(&out->notices, out->data, err);
    if (status == RS_OK)
        status = rs_joined_notes(&out->notices, table, err);
    if (status == RS_OK)
        status = find_lost(out, table, err);
    if (status == RS_OK && hash)
        status = rs_hashes_text(&out->hash, hashes, err);
    out->n_bytes = rs_table_n_bytes(table);
done:
    rs_listed_pairs_clear(&listed);
    rs_column_choice_clear(&choice);
    rs_table_close(table);
    rs_hashes_free(hashes);
    if (status != RS_OK)
        clear_but_notices(out);
    return status;
}

void rs_input_clear(struct rs_input *input)
{
    rs_dataset_free(input->data);
    free(input->y);
    free(input->x);
    free(input->list.y);
    free(input->list.starts);
    free(input->list.x);
    free(input->covariates);
    for (size_t k = 0; k < input->n_sets; k++) {
        free(input->sets[k].name);
        free(input->sets[k].covariates);
    }
    free(input->sets);
    free(input->set_names);
    free(input->weights_of);
    free(input->told);
    for (int r = 0; r < RS_N_ROLES; r++)
        free(input->roles[r].columns);
    rs_row_groups_clear(&input->groups);
    free(input->missing.filled);
    free(input->hash);
    rs_notices_clear(&input->notices);
    rs_transformed_clear(&input->transforms);
    memset(input, 0, sizeof *input);
}
