#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What the weight of an element says of its density and melting point, by
# itself, within blocks, and beside the radius as well; on the same elements.
cd "$(dirname "$0")" || exit 1
regsweep run elements.csv -y density,melting_k -x weight \
    --model-set alone: --model-set 'block: block' \
    --model-set 'both: block,radius_pm' --compare \
    --columns y,x,n,beta,p,d_beta,d_r2 --digits 4
