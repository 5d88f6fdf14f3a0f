# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A result column: its row, and the function that its number follows from. The
# encoding of rows, names for others, databases and the man page follow. For
# these six cars R 4.2 gives summary(lm(mpg ~ wt))$adj.r.squared as
# 0.674721031081312, and with hp beside wt 0.578798454459794.
change() {
    row core/fit/field_rows.h 'that the whole model explains' 'ROW(ADJ_R2, "adj_r2", VALUE(adjusted_r2), PAIRS, NONE, NOTHING, false, NULL, "adj.r.squared", NULL, "rsquared_adj", NULL, "{r2} less what chance explains.")'
    row core/fit/fields.c 'static const double ln_10' 'static double adjusted_r2(const struct rs_fit *fit, double conf_level) { (void)conf_level; return 1.0 - (1.0 - fit->r2) * ((double)fit->n - 1.0) / fit->df; }'
}
try() {
    printf 'mpg,wt,hp\n21,2.62,110\n21,2.875,110\n22.8,2.32,93\n21.4,3.215,110\n18.7,3.44,175\n18.1,3.46,105\n' >d.csv
    regsweep run -q d.csv -y mpg -x wt --columns y,x,adj_r2 --digits 13
    regsweep run -q d.csv -y mpg -x wt -c hp --columns adj_r2 --digits 13 --format jsonl
    regsweep run -q d.csv -y mpg -x wt --columns adj_r2 --naming broom --digits 6
    regsweep run -q d.csv -y mpg -x wt --columns y,x,adj_r2,status -o fits.db
    sqlite3 fits.db 'SELECT round(adj_r2, 12), status FROM fits'
    regsweep run -q d.csv -y mpg -x wt --columns adj_r2 -o fits.npy
    tail -c +129 fits.npy | head -c 8 | od -A n -t f8 | awk '{printf "%.13f\n", $1}'
    regsweep run -q d.csv -y mpg -x wt --rows terms --columns adj_r2
    grep -A 1 '^.B adj_r2' "$1/man/regsweep-output.5"
}
