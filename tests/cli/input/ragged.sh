#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x\n1,2\n3\n" >d.csv; regsweep run -y y -x x -o out.csv d.csv; ls
