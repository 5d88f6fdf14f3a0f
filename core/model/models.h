/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_MODELS_H
#define RS_MODELS_H

#include "model.h"

/* All models; NULL at the end. In a file of its own, so that a test may put
 * another table in its place. */
extern const struct rs_model *const rs_models[];

/* The model of that name, or NULL. */
const struct rs_model *rs_model_find(const char *name);

/* The names of all, a comma between them. */
void rs_model_names(char *out, size_t room);

#endif
