/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "best_pairs.h"

#include "visible.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A row is made for 80 columns. */
enum { NAME_WIDTH = 18, LABEL_WIDTH = 14 };

/* ---- names ------------------------------------------------------- */

/* The next piece of a name: as it is shown, or `?` for a character that the
 * terminal has not got. Returns its columns; 0: the end. */
static size_t next_piece(char *out, const char **name, bool utf8)
{
    size_t columns = rs_visible_next(out, name);

    if (columns == 1 && !utf8 && (unsigned char)out[0] >= 0x80)
        memcpy(out, "?", 2);
    return columns;
}

/* Where the last pieces begin that fit into `width` columns. */
static const char *tail_of(const char *name, size_t all, size_t width,
                           bool utf8)
{
    char piece[RS_VISIBLE_PIECE];

    while (all > width)
        all -= next_piece(piece, &name, utf8);
    return name;
}

static size_t columns_of(const char *name, bool utf8)
{
    char piece[RS_VISIBLE_PIECE];
    size_t all = 0;
    size_t n = 0;

    for (n = next_piece(piece, &name, utf8); n > 0;
         n = next_piece(piece, &name, utf8))
        all += n;
    return all;
}

/* Writes pieces of at most `width` columns; returns the columns. */
static size_t put_pieces(char **out, const char *name, size_t width, bool utf8)
{
    char piece[RS_VISIBLE_PIECE];
    size_t used = 0;
    size_t n = 0;

    for (n = next_piece(piece, &name, utf8); n > 0 && used + n <= width;
         n = next_piece(piece, &name, utf8)) {
        memcpy(*out, piece, strlen(piece));
        *out += strlen(piece);
        used += n;
    }
    return used;
}

size_t rs_summary_name(char *out, size_t width, const char *name, bool utf8)
{
    static const char *const dots[] = {"...", "\xe2\x80\xa6"};
    size_t all = columns_of(name, utf8);
    size_t gap = utf8 ? 1 : 3;
    size_t head = all;
    size_t used = 0;

    if (all > width)
        head = (width - gap + 1) / 2;
    used = put_pieces(&out, name, head, utf8);
    if (all > width) {
        memcpy(out, dots[utf8], strlen(dots[utf8]));
        out += strlen(dots[utf8]);
        name = tail_of(name, all, width - gap - head, utf8);
        used += gap + put_pieces(&out, name, width, utf8);
    }
    *out = '\0';
    return used;
}

static void print_name(const char *name, size_t width, bool utf8)
{
    char text[4 * NAME_WIDTH + 4];
    size_t used = rs_summary_name(text, width, name, utf8);

    (void)fprintf(stderr, "  %s%*s", text, (int)(width - used), "");
}

/* ---- rows -------------------------------------------------------- */

/* p, however small. */
static const char *p_text(char text[16], const struct rs_fit *fit)
{
    static const double ln_10 = 2.30258509299404568402;
    double log10_p = fit->log_p / ln_10;
    double power = floor(log10_p);
    double digits = pow(10.0, log10_p - power);

    if (fit->outcome == RS_FIT_PERFECT)
        return "perfect";
    if (digits >= 9.95) { /* would be printed as 10.0 */
        digits = 1.0;
        power += 1.0;
    }
    if (log10_p > -300.0)
        (void)snprintf(text, 16, "%.3g", exp(fit->log_p));
    else
        (void)snprintf(text, 16, "%.1fe%.0f", digits, power);
    return text;
}

/* The slope and its error; beside F and rank correlations what there is. */
static const char *effect_text(char text[48], const struct rs_fit *fit)
{
    char se[16] = "-";

    if (!isnan(fit->se))
        (void)snprintf(se, sizeof se, "%.3g", fit->se);
    if (!isnan(fit->beta))
        (void)snprintf(text, 48, "%11.4g %9s", fit->beta, se);
    else if (fit->statistic == RS_STAT_F)
        (void)snprintf(text, 48, "F(%.6g, %.6g) = %.4g", fit->df1,
                       rs_fit_tail_df(fit), fit->stat);
    else
        (void)snprintf(text, 48, "r = %.4f", rs_fit_r(fit));
    return text;
}

void rs_best_pairs_print(const struct rs_best_pairs *best)
{
    const struct rs_column *columns = best->data->columns;
    const struct rs_labels *labels = best->labels;

    (void)fprintf(stderr, "\n  %s%s\n",
                  best->n == 1 ? "best pair" : "best pairs",
                  best->some ? " of those written" : "");
    for (size_t k = 0; k < labels->n; k++)
        print_name(labels->columns[k].name, LABEL_WIDTH, best->utf8);
    print_name("y", NAME_WIDTH, best->utf8);
    print_name("x", NAME_WIDTH, best->utf8);
    (void)fprintf(stderr, " %11s %9s %9s %6s\n", "beta", "se", "p", "r2");
    for (size_t i = 0; i < best->n; i++) {
        const struct rs_fit *fit = &best->fits[i].fit;
        const struct rs_plan *plan = &best->plans[best->fits[i].part];
        char p[16];
        char effect[48];
        char r2[16] = "-";
        for (size_t k = 0; k < labels->n; k++)
            print_name(rs_label_text(labels, best->fits[i].part, k),
                       LABEL_WIDTH, best->utf8);
        print_name(columns[plan->y[best->fits[i].y_ix]].name, NAME_WIDTH,
                   best->utf8);
        print_name(columns[plan->x[best->fits[i].x_ix]].name, NAME_WIDTH,
                   best->utf8);
        if (!isnan(fit->r2))
            (void)snprintf(r2, sizeof r2, "%.4f", fit->r2);
        (void)fprintf(stderr, " %21s %9s %6s\n", effect_text(effect, fit),
                      p_text(p, fit), r2);
    }
}
