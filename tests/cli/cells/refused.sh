#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf 'id,y,x,z\n1,1,2,3\n2,3,1,5\n3,2,2,2\n' >d.csv; printf 'id,q\n1,2\n2,3\n3,5\n' >e.csv
regsweep run -y y -x x --truth z --dates x,z d.csv
regsweep run -y y -x x --na 'w=-9' d.csv
regsweep run -y y -x x --truth smoker d.csv
regsweep run -y y -x q --key id --dates id d.csv e.csv
regsweep run -y y -x q --key id --na id=1 d.csv e.csv
regsweep run -y y -x x --numbers lose d.csv
regsweep bench --truth x
