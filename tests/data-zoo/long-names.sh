#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y Body_mass_index -x Age_at_screening long-names.xpt -q --columns y,x,n,beta
