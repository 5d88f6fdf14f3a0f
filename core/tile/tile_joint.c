/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile_joint.h"

#include "tile_pair.h"

#include <float.h>
#include <math.h>

void rs_tile_joint_of(struct rs_tile_joint *out,
                      const struct rs_tile_data *data, size_t i, size_t b,
                      const struct rs_tile_stacks *stacks, const double *c,
                      size_t stride)
{
    const struct rs_tile_bundles *bundles = &data->bundles;
    const struct rs_tile_bundle *bundle = &bundles->bundles[b];
    const struct rs_tile_stack *stack = &stacks->stacks[b / stacks->width];
    const struct rs_tile_bundle_vector *vectors =
        &bundles->vectors[b * bundles->most];
    const struct rs_tile_column *y = &data->y.columns[i];

    *out = (struct rs_tile_joint){.length = 1.0,
                                  .norm_y = y->norm,
                                  .norm_x = bundle->norm,
                                  .mean_y = y->mean,
                                  .size_y = y->mean_size,
                                  .base_r2 = y->base_r2,
                                  .log_weight = data->basis.log_weight,
                                  .n = rs_tile_n_of(data, data->basis.n),
                                  .by_f = bundle->by_f};
    for (size_t k = 0; k < bundle->n_beside + bundle->n_tested; k++) {
        out->r = c[rs_tile_stack_place(stack, bundle, k) * stride];
        *(k < bundle->n_beside ? &out->beside : &out->tested) +=
            out->r * out->r;
        out->origin += out->r * vectors[k].origin;
        out->origin_certain += vectors[k].origin * vectors[k].origin;
        out->origin_size += fabs(out->r) * vectors[k].size;
    }
    out->origin_certain = sqrt(out->origin_certain);
    rs_tile_joint_share(&out->z, &out->rest, out->beside, out->tested);
}

/* True when F or t, and p, have their digits: as in tile_pair.c, where a sum
 * of squares is twice as far off as its root. */
static bool is_sharp(const struct rs_tile_worker *self,
                     const struct rs_tile_joint *joint,
                     const struct rs_tile_f_level *f, double rest)
{
    double length = joint->length;
    double most = rs_tile_allowed_t * rest * length;
    double r = sqrt(joint->z);
    double least = self->certain / length;

    if (joint->by_f)
        least *= 2.0 * sqrt((double)f->df1);
    if (!(rest * length >= self->least_rest) || !(sqrt(joint->tested) >= least))
        return false;
    if (length == 1.0 || f->level->error <= most * r)
        return true;
    return f->level->error * rs_tile_most_slope * sqrt(f->level->df / rest) <=
           most;
}

/* The intercept; NaN when too little is left of what it is made of. */
static double intercept_of(const struct rs_tile_worker *self,
                           const struct rs_tile_joint *joint)
{
    double intercept = joint->mean_y + joint->norm_y * joint->origin;
    double error = rs_tile_allowed * (self->certain / joint->length) *
                       joint->norm_y * joint->origin_certain +
                   4.0 * DBL_EPSILON *
                       (joint->size_y + joint->norm_y * joint->origin_size);

    return fabs(intercept) * rs_tile_allowed >= error ? intercept : NAN;
}

/* What is tested, by F or by t. */
static void put_test(struct rs_fit *fit, const struct rs_tile_joint *joint,
                     const struct rs_tile_f_level *f, double spread)
{
    double ratio = joint->norm_y / joint->norm_x;

    if (joint->by_f) {
        fit->statistic = RS_STAT_F;
        fit->df1 = (double)f->df1;
        fit->stat = joint->z / (double)f->df1 / (joint->rest / fit->df);
        fit->r = sqrt(joint->z);
        return;
    }
    fit->beta = joint->r * ratio;
    fit->se = ratio * spread;
    fit->stat = joint->r / spread;
}

bool rs_tile_joint_assemble(struct rs_fit *fit,
                            const struct rs_tile_worker *self,
                            const struct rs_tile_joint *joint,
                            const struct rs_tile_f_level *f, double log_p)
{
    const struct rs_basis *basis = &self->data->basis;
    double explained = joint->beside + joint->tested;
    double rest = 1.0 - explained;
    double spread = sqrt(rest / f->level->df);

    if (!is_sharp(self, joint, f, rest) || isnan(log_p))
        return false;
    rs_fit_clear(fit, RS_FIT_OK, joint->n);
    fit->df = f->level->df;
    fit->n_coef = (double)joint->n - f->level->df;
    put_test(fit, joint, f, spread);
    fit->r2 = joint->base_r2 + (1.0 - joint->base_r2) * explained;
    fit->sigma = ldexp(joint->norm_y * spread, basis->base.exponent);
    fit->log_weight = joint->log_weight;
    fit->log_p = log_p;
    fit->intercept = intercept_of(self, joint);
    return !basis->adjusted || fit->r2 >= rs_tile_least_r2;
}

void rs_tile_joint_complete(struct rs_fit *fit, struct rs_tile_worker *self,
                            size_t i, size_t j)
{
    struct rs_fit exact;

    if (!isnan(fit->intercept) || !self->data->basis.base.spec.intercept)
        return;
    rs_tile_fit_exactly(self, &exact, i, j);
    fit->intercept = exact.intercept;
}

bool rs_tile_joint_is_dull(const struct rs_tile_worker *self,
                           const struct rs_tile_joint *joint,
                           const struct rs_tile_f_level *f)
{
    double explained = joint->beside + joint->tested;
    double least = rs_keep_least_partial_r(self->env.keep, joint->base_r2);

    if (!(explained < 1.0 - rs_tile_least_rest)) /* perhaps perfect */
        return false;
    return joint->z < f->least_z || explained < least * least;
}
