#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Cut or damaged files are refused, whatever is left of them.
zoo=$(dirname "$0")/../../data-zoo
for file in nhanes.xpt spss.sav packed.zsav portable.por stata.dta stata10.dta; do
    head -c -600 "$zoo/$file" >"$file"
    regsweep describe -q "$file" >out
    echo "$file: exit status $?, $(wc -c <out) bytes"
done
gzip -dc "$zoo/sas.sas7bdat.gz" | head -c 9000 >sas.sas7bdat
regsweep describe -q sas.sas7bdat
# two datasets in one file
{ cat "$zoo/nhanes.xpt"; tail -c +241 "$zoo/nhanes.xpt"; } >two.xpt
regsweep describe -q two.xpt
