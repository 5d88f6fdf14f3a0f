#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One bad cell takes a column out, by name, with the cure; the id is told, too.
regsweep run bad-cell.csv -y sbp -x 'b*,i*' -o /dev/null 2>&1 | grep warning
regsweep run -q bad-cell.csv -y sbp -x 'b*,i*' -x '!id' --na '+28.4?' --columns y,x,n,beta
