/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_internal.h"

#include "name_index.h"

#include <stdlib.h>
#include <string.h>

/* What is found among the columns as the files have them. */
struct finding {
    size_t *kept; /* [n_columns] of those that are left out, the column of the
                     same name that is kept; n_columns: it stays */
    bool *left;   /* [n_columns] */
    size_t n;     /* left out */
};

static enum rs_status find_shared(struct finding *out,
                                  const struct rs_table *table,
                                  struct rs_error *err)
{
    const char **names = table->names;
    struct rs_name_index index;
    size_t head = 0; /* the first of this name, as equal names are in order */
    enum rs_status status =
        rs_name_index_init(&index, names, table->n_columns, err);

    if (status != RS_OK)
        return status;
    for (size_t i = 0; i < table->n_columns; i++) {
        size_t column = index.sorted[i];
        out->kept[column] = table->n_columns;
        if (i == 0 || names[column][0] == '\0' ||
            strcmp(names[column], names[head]) != 0)
            head = column;
        if (rs_table_part_of(table, column) == rs_table_part_of(table, head))
            continue;
        out->kept[column] = head;
        out->left[column] = true;
        out->n++;
    }
    rs_name_index_clear(&index);
    return RS_OK;
}

static int by_column(const void *a, const void *b)
{
    const struct rs_shared *s = a;
    const struct rs_shared *t = b;

    return (s->column > t->column) - (s->column < t->column);
}

/* Notes what is left out, by columns as they are numbered without it. */
static enum rs_status note_shared(struct rs_table *table,
                                  const struct finding *found,
                                  struct rs_error *err)
{
    size_t n = table->n_columns;
    size_t *number = rs_alloc(n, sizeof *number, err);
    size_t n_stay = 0;

    table->shared = rs_alloc(found->n, sizeof *table->shared, err);
    if (number == NULL || table->shared == NULL) {
        free(number);
        return RS_ERR_NOMEM;
    }
    for (size_t j = 0; j < n; j++)
        number[j] = found->left[j] ? n : n_stay++;
    for (size_t j = 0; j < n; j++)
        if (found->left[j])
            table->shared[table->n_shared++] = (struct rs_shared){
                number[found->kept[j]], rs_table_part_of(table, j)};
    free(number);
    qsort(table->shared, table->n_shared, sizeof *table->shared, by_column);
    return RS_OK;
}

enum rs_status rs_table_share(struct rs_table *table, struct rs_error *err)
{
    struct finding found = {
        .kept = rs_alloc(table->n_columns, sizeof *found.kept, err),
        .left = rs_alloc(table->n_columns, sizeof *found.left, err)};
    enum rs_status status = RS_ERR_NOMEM;

    if (found.kept != NULL && found.left != NULL)
        status = find_shared(&found, table, err);
    if (status == RS_OK && found.n > 0)
        status = note_shared(table, &found, err);
    for (size_t p = 0; p < table->n_parts && status == RS_OK && found.n > 0;
         p++)
        status =
            rs_keyed_leave(&table->parts[p], found.left + table->first[p], err);
    free(found.kept);
    free(found.left);
    return status;
}

size_t rs_table_n_shared(const struct rs_table *table)
{
    return table->n_shared;
}

void rs_table_shared(struct rs_table_shared *out, const struct rs_table *table,
                     size_t i)
{
    const struct rs_shared *shared = &table->shared[i];

    *out = (struct rs_table_shared){
        .name = table->names[shared->column],
        .file = rs_table_part_of(table, shared->column),
        .later = shared->part,
    };
}

enum rs_status rs_table_refuse_shared(const struct rs_table *table,
                                      size_t column, const char *setting,
                                      struct rs_error *err)
{
    const struct rs_shared key = {.column = column};
    const struct rs_shared *found =
        table->n_shared == 0 ? NULL
                             : bsearch(&key, table->shared, table->n_shared,
                                       sizeof key, by_column);

    if (found == NULL)
        return RS_OK;
    return rs_error_set(err, RS_ERR_INCONSISTENT,
                        "{%s}: two files have a column '%s': '%s' and '%s'; "
                        "rename it in one of them",
                        setting, table->names[column],
                        rs_table_path(table, column),
                        table->parts[found->part].source->path);
}
