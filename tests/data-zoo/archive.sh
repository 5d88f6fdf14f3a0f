#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y weight -x 'age,height' archive.zip
python3 -c 'import zipfile; print(zipfile.ZipFile("archive.zip").read("table.csv").decode(), end="")' >archive.csv # unzip -p
regsweep run -y weight -x 'age,height' --columns y,x,n,beta -o - -q archive.csv
