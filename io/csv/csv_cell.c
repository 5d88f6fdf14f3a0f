/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "csv_internal.h"
#include "dataset_new.h"
#include "numtext.h"

#include <math.h>

double rs_csv_cell(enum rs_fault_kind *fault, const struct rs_csv *csv,
                   const char *text, size_t len)
{
    double value = 0.0;

    *fault = RS_FAULT_NONE;
    if (rs_csv_is_na(csv, text, len))
        return NAN;
    switch (rs_number_read(&value, text, len, csv->options.decimal)) {
    case RS_NUMBER_OK:
        return value;
    case RS_NUMBER_ROUNDED:
        *fault = RS_FAULT_ROUNDED;
        return value;
    case RS_NUMBER_TOO_SMALL:
        *fault = RS_FAULT_TOO_SMALL;
        return value;
    case RS_NUMBER_NAN:
        return rs_nan_word();
    case RS_NUMBER_OUT_OF_RANGE:
        *fault = RS_FAULT_OUT_OF_RANGE;
        return rs_nan_beyond();
    case RS_NUMBER_INVALID:
        break;
    }
    *fault = RS_FAULT_NOT_A_NUMBER;
    return rs_nan_text();
}
