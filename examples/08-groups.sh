#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Atoms shrink along a period as their number grows, in every period by itself;
# over all elements together they grow.
cd "$(dirname "$0")" || exit 1
regsweep run elements.csv -y radius_pm -x number \
    --columns y,x,n,beta,se,p --digits 4
regsweep run elements.csv -y radius_pm -x number -g period \
    --columns y,x,n,beta,se,p,status --digits 4
