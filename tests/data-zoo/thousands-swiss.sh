#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -q -y Steuer -x Einwohner --columns y,x,n,beta --numbers loose thousands-swiss.csv
