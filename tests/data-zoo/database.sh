#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x 'age,height' database.db
sqlite3 -header -csv database.db 'SELECT * FROM people' >database.csv
regsweep run -y weight -x 'age,height' --columns y,x,n,beta -o - -q database.csv
