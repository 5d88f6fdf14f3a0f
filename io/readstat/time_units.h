/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_TIME_UNITS_H
#define RS_TIME_UNITS_H

/* The program that a file is of: formats of one name mean other things. */
enum rs_program { RS_PROGRAM_SAS, RS_PROGRAM_SPSS, RS_PROGRAM_STATA };

/*
 * What numbers with a display format count that is one of dates or times:
 * "days since 1960-01-01"; NULL: it is none.
 * format  in  as the file has it: DATE9., DATETIME20, %td; NULL: none
 */
const char *rs_time_unit(enum rs_program program, const char *format);

#endif
