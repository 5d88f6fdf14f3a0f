/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "m_eff.h"

#include "mem.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <stdlib.h>

/* Takes the mean of what is there from it; missing values are 0. */
static void centre(double *out, const struct rs_column *column, size_t n_rows)
{
    double n = (double)(n_rows - column->n_missing);
    double mean = 0.0;

    for (size_t i = 0; i < n_rows; i++)
        mean += out[i];
    mean /= n;
    for (size_t i = 0; i < n_rows; i++)
        if (rs_column_has(column, i))
            out[i] -= mean;
}

/* A column less its mean, of length 1, missing values 0; false when it cannot
 * be. Scaled first: squares of large values must not overflow. */
static bool standardise(double *out, const struct rs_column *column,
                        size_t n_rows)
{
    double largest = 0.0;
    double length = 0.0;

    if (column->values == NULL || column->n_infinite > 0)
        return false;
    for (size_t i = 0; i < n_rows; i++) {
        out[i] = rs_column_has(column, i) ? column->values[i] : 0.0;
        largest = fabs(out[i]) > largest ? fabs(out[i]) : largest;
    }
    if (!(largest > 0.0))
        return false;
    for (size_t i = 0; i < n_rows; i++)
        out[i] /= largest;
    centre(out, column, n_rows);
    centre(out, column, n_rows); /* of what rounding left in the mean */
    for (size_t i = 0; i < n_rows; i++)
        length += out[i] * out[i];
    length = sqrt(length);
    if (!(length > 1e-14 * sqrt((double)n_rows))) /* a constant's rounding */
        return false;
    for (size_t i = 0; i < n_rows; i++)
        out[i] /= length;
    return true;
}

/* The sums over the eigenvalues; those that are left out are 0. */
static void sum_up(struct rs_m_eff *out, const gsl_vector *eigenvalues)
{
    double m = (double)out->n_columns;
    double squares = 0.0;
    double li_ji = 0.0;

    for (size_t i = 0; i < eigenvalues->size; i++) {
        double value = fabs(gsl_vector_get(eigenvalues, i));
        double whole = floor(value + 0.5);
        squares += value * value;
        if (fabs(value - whole) <= 1e-8 + 1e-12 * m)
            value = whole;
        li_ji += (value >= 1.0 ? 1.0 : 0.0) + value - floor(value);
    }
    out->li_ji = li_ji;
    /* the eigenvalues' sum is M, so their mean is 1 */
    out->nyholt =
        m < 2.0 ? m : 1.0 + (m - 1.0) * (1.0 - (squares - m) / (m - 1.0) / m);
}

/* Sums over the eigenvalues of Z' Z or Z Z', whichever is smaller, where the
 * columns of Z lie one behind the other. */
static enum rs_status decompose(struct rs_m_eff *out, const double *z,
                                size_t n_rows, struct rs_error *err)
{
    size_t m = out->n_columns;
    size_t size = m < n_rows ? m : n_rows;
    gsl_matrix_const_view columns = gsl_matrix_const_view_array(z, m, n_rows);
    gsl_eigen_symm_workspace *work = gsl_eigen_symm_alloc(size);
    gsl_vector *eigenvalues = gsl_vector_alloc(size);
    double *products = rs_alloc(size * size, sizeof *products, err);
    enum rs_status status = RS_ERR_NOMEM;

    if (work == NULL || eigenvalues == NULL) {
        status = rs_error_set(err, RS_ERR_NOMEM,
                              "out of memory for %zu eigenvalues", size);
    } else if (products != NULL) {
        gsl_matrix_view matrix = gsl_matrix_view_array(products, size, size);
        (void)gsl_blas_dsyrk(CblasLower,
                             m <= n_rows ? CblasNoTrans : CblasTrans, 1.0,
                             &columns.matrix, 0.0, &matrix.matrix);
        status = RS_OK;
        if (gsl_eigen_symm(&matrix.matrix, eigenvalues, work) != 0)
            status = rs_error_set(err, RS_ERR_INTERNAL,
                                  "eigenvalues did not converge");
    }
    if (status == RS_OK)
        sum_up(out, eigenvalues);
    free(products);
    gsl_vector_free(eigenvalues);
    gsl_eigen_symm_free(work);
    return status;
}

enum rs_status rs_m_eff(struct rs_m_eff *out, const struct rs_dataset *data,
                        const size_t *columns, size_t n, struct rs_error *err)
{
    struct rs_m_eff found = {0};
    size_t n_rows = data->n_rows;
    struct rs_pages pages = {0};
    size_t bytes = 0;
    double *z = NULL; /* [n_columns][n_rows] */
    enum rs_status status = RS_OK;

    if (n > RS_M_EFF_MOST && n_rows > RS_M_EFF_MOST)
        return rs_error_set(err, RS_ERR_INCONSISTENT,
                            "no effective number of tests for %zu columns "
                            "with %zu rows: one of these must be at most %d",
                            n, n_rows, RS_M_EFF_MOST);
    if (!rs_size_mul(&bytes, n, n_rows) ||
        !rs_size_mul(&bytes, bytes, sizeof *z))
        return rs_error_set(err, RS_ERR_NOMEM, "%zu columns are too many", n);
    status = rs_pages_new(&pages, bytes, err);
    z = pages.base;
    for (size_t i = 0; status == RS_OK && i < n; i++) {
        const struct rs_column *column = &data->columns[columns[i]];
        if (!standardise(z + found.n_columns * n_rows, column, n_rows))
            continue;
        found.n_columns++;
        found.n_missing += column->n_missing;
    }
    if (status == RS_OK && found.n_columns > 0)
        status = decompose(&found, z, n_rows, err);
    if (status == RS_OK)
        *out = found;
    rs_pages_free(&pages);
    return status;
}
