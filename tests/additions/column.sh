# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A result column: its row, and the function that its number follows from. The
# encoding of rows, names for others, databases and the man page follow. For
# these six cars R 4.2 gives deviance(lm(mpg ~ wt)) as
# 4.05948153210523, and with hp beside wt 3.94244646625632.
change() {
    row core/fit/field_rows.h 'that the whole model explains' 'ROW(DEVIANCE, "deviance", VALUE(deviance), PAIRS, NONE, NOTHING, false, NULL, "the sum of squares that is left.")'
    row core/fit/fields.c 'static const double ln_10' 'static double deviance(const struct rs_fit *fit, double conf_level) { (void)conf_level; return fit->sigma * fit->sigma * fit->df; }'
}
try() {
    printf 'mpg,wt,hp\n21,2.62,110\n21,2.875,110\n22.8,2.32,93\n21.4,3.215,110\n18.7,3.44,175\n18.1,3.46,105\n' >d.csv
    regsweep run -q d.csv -y mpg -x wt --columns y,x,deviance --digits 13
    regsweep run -q d.csv -y mpg -x wt -c hp --columns deviance --digits 13 --format jsonl
    regsweep run -q d.csv -y mpg -x wt --columns deviance --naming broom --digits 6
    regsweep run -q d.csv -y mpg -x wt --columns y,x,deviance,status -o fits.db
    sqlite3 fits.db 'SELECT round(deviance, 12), status FROM fits'
    regsweep run -q d.csv -y mpg -x wt --columns deviance -o fits.npy
    tail -c +129 fits.npy | head -c 8 | od -A n -t f8 | awk '{printf "%.13f\n", $1}'
    regsweep run -q d.csv -y mpg -x wt --rows terms --columns deviance
    grep -A 1 '^.B deviance' "$1/man/regsweep-output.5"
}
