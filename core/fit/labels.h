/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_LABELS_H
#define RS_LABELS_H

#include <stddef.h>
#include <stdint.h>

/*
 * What tells the parts of a run apart in its rows: columns of texts, which
 * stand before all others in the result. All zero: there are none.
 */
struct rs_label_column {
    const char *name;         /* in results */
    const char *const *texts; /* [n_texts] that it can hold */
    size_t n_texts;
};

struct rs_labels {
    struct rs_label_column *columns; /* [n] */
    size_t n;
    size_t n_parts;
    uint32_t *codes; /* [n_parts][n] index into the column's texts */
};

/* What a column holds in the rows of a part. */
static inline const char *rs_label_text(const struct rs_labels *labels,
                                        size_t part, size_t column)
{
    return labels->columns[column]
        .texts[labels->codes[part * labels->n + column]];
}

#endif
