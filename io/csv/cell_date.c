/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cell_words.h"
#include "numtext.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* What is left of the cell. */
struct scan {
    const char *at, *end;
};

struct date {
    int64_t year, month, day;
    double seconds; /* of the day; beyond it where it was moved */
};

/* ---- pieces ------------------------------------------------------ */

static char peek(const struct scan *s)
{
    return s->at < s->end ? *s->at : '\0';
}

static bool take(struct scan *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static void take_blanks(struct scan *s)
{
    while (take(s, ' '))
        ;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t count_digits(const struct scan *s)
{
    size_t n = 0;

    while (s->at + n < s->end && is_digit(s->at[n]))
        n++;
    return n;
}

/* A whole number of least to most digits, all that there are. */
static bool take_number(int64_t *out, struct scan *s, size_t least, size_t most)
{
    size_t n = count_digits(s);

    if (n < least || n > most)
        return false;
    for (*out = 0; n > 0; n--)
        *out = 10 * *out + (*s->at++ - '0');
    return true;
}

/* The name of a month, whole or its first three letters, in any case. */
static bool take_month(int64_t *out, struct scan *s)
{
    static const char *const months[] = {
        "january", "february", "march",     "april",   "may",      "june",
        "july",    "august",   "september", "october", "november", "december"};
    size_t n = 0;

    while (s->at + n < s->end && (s->at[n] | 0x20) >= 'a' &&
           (s->at[n] | 0x20) <= 'z')
        n++;
    for (size_t m = 0; m < 12; m++) {
        size_t same = 0;
        while (same < n && (s->at[same] | 0x20) == months[m][same])
            same++;
        if (same == n && (n == 3 || months[m][n] == '\0') && n > 0) {
            s->at += n;
            *out = (int64_t)m + 1;
            return true;
        }
    }
    return false;
}

/* ---- the day ----------------------------------------------------- */

/* 2024-01-31 and the like, or 20240131. */
static bool take_year_first(struct date *date, struct scan *s)
{
    int64_t all = 0;
    char between = '\0';

    if (count_digits(s) == 8 && take_number(&all, s, 8, 8)) {
        date->year = all / 10000;
        date->month = all / 100 % 100;
        date->day = all % 100;
        return true;
    }
    if (!take_number(&date->year, s, 4, 4))
        return false;
    between = peek(s);
    return (between == '-' || between == '/' || between == '.') &&
           take(s, between) && take_number(&date->month, s, 1, 2) &&
           take(s, between) && take_number(&date->day, s, 1, 2);
}

/* 31.1.2024, or 31 January 2024 and the like. */
static bool take_day_first(struct date *date, struct scan *s)
{
    char between = '\0';

    if (!take_number(&date->day, s, 1, 2))
        return false;
    between = peek(s);
    if (between == '.' || between == '-')
        s->at++;
    if (between == '.' && count_digits(s) > 0)
        return take_number(&date->month, s, 1, 2) && take(s, '.') &&
               take_number(&date->year, s, 4, 4);
    take_blanks(s);
    if (!take_month(&date->month, s))
        return false;
    if (between == '-')
        return take(s, '-') && take_number(&date->year, s, 4, 4);
    take_blanks(s);
    return take_number(&date->year, s, 4, 4);
}

/* January 31, 2024. */
static bool take_month_first(struct date *date, struct scan *s)
{
    if (!take_month(&date->month, s) || !take(s, ' ') ||
        !take_number(&date->day, s, 1, 2))
        return false;
    (void)take(s, ',');
    return take(s, ' ') && take_number(&date->year, s, 4, 4);
}

static bool take_day(struct date *date, struct scan *s)
{
    size_t n = count_digits(s);

    if (n == 0)
        return take_month_first(date, s);
    return n < 4 ? take_day_first(date, s) : take_year_first(date, s);
}

static bool is_day(const struct date *date)
{
    static const int64_t days[] = {31, 28, 31, 30, 31, 30,
                                   31, 31, 30, 31, 30, 31};
    int64_t y = date->year;
    bool leap = y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);

    return y >= 1 && date->month >= 1 && date->month <= 12 && date->day >= 1 &&
           date->day <=
               days[date->month - 1] + (leap && date->month == 2 ? 1 : 0);
}

/* Days from 1970-01-01: of years that begin in March, whose leap day is the
 * last (H. Hinnant, "chrono-compatible low-level date algorithms"). */
static int64_t days_of(const struct date *date)
{
    int64_t year = date->year - (date->month <= 2 ? 1 : 0);
    int64_t month = (date->month + 9) % 12;
    int64_t day = (153 * month + 2) / 5 + date->day - 1;

    return 365 * year + year / 4 - year / 100 + year / 400 + day - 719468;
}

/* ---- the time ---------------------------------------------------- */

/* Z, or a distance to it: what the time is ahead. */
static bool take_zone(double *seconds, struct scan *s)
{
    bool behind = peek(s) == '-';
    int64_t hours = 0;
    int64_t minutes = 0;

    *seconds = 0.0;
    if (s->at == s->end || take(s, 'Z') || take(s, 'z'))
        return true;
    if (!take(s, '+') && !take(s, '-'))
        return false;
    if (count_digits(s) == 4) {
        (void)take_number(&hours, s, 4, 4);
        minutes = hours % 100;
        hours /= 100;
    } else if (!take_number(&hours, s, 2, 2) ||
               (take(s, ':') && !take_number(&minutes, s, 2, 2))) {
        return false;
    }
    *seconds = (double)(3600 * hours + 60 * minutes) * (behind ? -1.0 : 1.0);
    return hours <= 23 && minutes <= 59;
}

/* 23:59, 23:59:59 or 23:59:59.5, and a zone. */
static bool take_time(struct date *date, struct scan *s)
{
    int64_t hours = 0;
    int64_t minutes = 0;
    int64_t seconds = 0;
    double part = 0.0;
    double ahead = 0.0;

    if (!take_number(&hours, s, 1, 2) || !take(s, ':') ||
        !take_number(&minutes, s, 2, 2))
        return false;
    if (take(s, ':')) {
        if (!take_number(&seconds, s, 2, 2))
            return false;
        if (take(s, '.'))
            for (double unit = 0.1; is_digit(peek(s)); unit /= 10.0)
                part += unit * (*s->at++ - '0');
    }
    (void)take(s, ' ');
    if (!take_zone(&ahead, s))
        return false;
    date->seconds =
        (double)(3600 * hours + 60 * minutes + seconds) + part - ahead;
    return hours <= 23 && minutes <= 59 && seconds <= 59;
}

/* ---- cells ------------------------------------------------------- */

size_t rs_cell_date(char *out, const char *text, size_t len, char decimal)
{
    struct scan s = {text, text + len};
    struct date date = {0};
    double days = 0.0;
    size_t n = 0;
    char *mark = NULL;

    take_blanks(&s);
    while (s.end > s.at && s.end[-1] == ' ')
        s.end--;
    if (!take_day(&date, &s) || !is_day(&date))
        return 0;
    if (s.at < s.end && !((take(&s, 'T') || take(&s, ' ') || take(&s, ':')) &&
                          take_time(&date, &s)))
        return 0;
    if (s.at < s.end)
        return 0;
    days = (double)days_of(&date) + date.seconds / 86400.0;
    n = rs_number_write(out, days);
    out[n] = '\0';
    mark = strchr(out, '.');
    if (mark != NULL)
        *mark = decimal;
    return n;
}
