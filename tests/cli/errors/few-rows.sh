#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Screening where no pair has a degree of freedom.
printf 'y,x,f,c,h\n1,1,p,1,a\n2,3,q,,a\n3,1,r,,b\n4,2,p,2,a\n' >d.csv
for se in 'cluster --cluster h' 'cluster --cluster h,x' hc3 hc0 classical; do
    # shellcheck disable=SC2086  # options of several words
    regsweep run -q d.csv -y y -x x,f -c c --p-max 1e-6 --se $se --summary 2>&1 | grep status
done
