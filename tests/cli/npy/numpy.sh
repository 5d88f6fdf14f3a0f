#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What NumPy itself makes of it.
python3 -c 'import numpy' 2>/dev/null || { echo 'no numpy'; exit 77; }
printf "y,x,z,ü\n1,2,1,5\n2,3,0,5\n4,5,1,5\n3,7,2,5\n5,6,1,6\n" >d.csv
regsweep run -q d.csv -y y,x -x y,z,ü -o beta.npy --columns beta || exit
python3 - <<'END'
import numpy
print(numpy.load("beta.npy").round(6))
print(numpy.load("beta.npy", mmap_mode="r").shape)
with open("beta.npy", "rb") as file:
    beta, y, x = (numpy.load(file) for _ in range(3))
print(beta.flags.c_contiguous, list(map(str, y)), list(map(str, x)), file.closed)
END
