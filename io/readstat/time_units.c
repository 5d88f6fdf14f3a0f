/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time_units.h"

#include <stddef.h>
#include <string.h>

/* Formats whose letters before the width are these. */
struct unit {
    enum rs_program program;
    const char *unit;
    const char *const *formats; /* NULL at the end */
};

/* SAS Formats and Informats: Reference; SPSS: Command Syntax Reference, Date
 * and Time; Stata: [D] Datetime. */
static const char *const sas_dates[] = {
    "DATE",     "MMDDYY",   "DDMMYY",  "YYMMDD",  "YYMMDDD", "MMDDYYS",
    "DDMMYYS",  "YYMMDDS",  "YYMMDDN", "MMDDYYD", "DDMMYYD", "JULIAN",
    "WEEKDATE", "WORDDATE", "MONYY",   "E8601DA", "B8601DA", "YYMON",
    "YYMM",     "YEAR",     "DAY",     "EURDFDD", NULL};
static const char *const sas_moments[] = {
    "DATETIME", "E8601DT", "B8601DT", "DATEAMPM", "MDYAMPM", "DTDATE", NULL};
static const char *const sas_times[] = {"TIME",     "HHMM",    "MMSS", "HOUR",
                                        "TIMEAMPM", "E8601TM", NULL};
static const char *const spss_dates[] = {"DATE",     "ADATE",  "EDATE", "SDATE",
                                         "JDATE",    "QYR",    "MOYR",  "WKYR",
                                         "DATETIME", "YMDHMS", NULL};
static const char *const spss_times[] = {"TIME", "DTIME", "MTIME", NULL};
static const char *const stata_days[] = {"%TD", "%D", NULL};
static const char *const stata_moments[] = {"%TC", NULL};
static const char *const stata_weeks[] = {"%TW", NULL};
static const char *const stata_months[] = {"%TM", NULL};
static const char *const stata_quarters[] = {"%TQ", NULL};
static const char *const stata_halves[] = {"%TH", NULL};

static const struct unit units[] = {
    {RS_PROGRAM_SAS, "days since 1960-01-01", sas_dates},
    {RS_PROGRAM_SAS, "seconds since 1960-01-01", sas_moments},
    {RS_PROGRAM_SAS, "seconds", sas_times},
    {RS_PROGRAM_SPSS, "seconds since 1582-10-14", spss_dates},
    {RS_PROGRAM_SPSS, "seconds", spss_times},
    {RS_PROGRAM_STATA, "days since 1960-01-01", stata_days},
    {RS_PROGRAM_STATA, "milliseconds since 1960-01-01", stata_moments},
    {RS_PROGRAM_STATA, "weeks since 1960", stata_weeks},
    {RS_PROGRAM_STATA, "months since 1960", stata_months},
    {RS_PROGRAM_STATA, "quarters since 1960", stata_quarters},
    {RS_PROGRAM_STATA, "half years since 1960", stata_halves},
};

/* The letters of a format before its width, in capitals; what a format of
 * Stata has behind %td are details of how it is shown. */
static void name_of(char out[16], enum rs_program program, const char *format)
{
    size_t most = program == RS_PROGRAM_STATA ? 3 : 15;
    size_t n = 0;
    size_t digits = 0;

    if (format[0] == '%' && format[1] == '-') /* to the left */
        format++;
    for (; n < most && format[n] != '\0' && format[n] != '.'; n++) {
        char c = n == 0 && program == RS_PROGRAM_STATA ? '%' : format[n];
        out[n] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    while (digits < n && out[n - digits - 1] >= '0' &&
           out[n - digits - 1] <= '9')
        digits++;
    out[n - digits] = '\0';
}

const char *rs_time_unit(enum rs_program program, const char *format)
{
    char name[16];

    if (format == NULL || format[0] == '\0')
        return NULL;
    name_of(name, program, format);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (const char *const *f = units[i].formats;
             units[i].program == program && *f != NULL; f++)
            if (strcmp(name, *f) == 0)
                return units[i].unit;
    return NULL;
}
