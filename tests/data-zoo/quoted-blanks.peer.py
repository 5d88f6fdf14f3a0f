# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/quoted-blanks.csv", dtype=str)
for name in ("height", "weight"):
    table[name] = pandas.to_numeric(table[name].str.strip(), errors="coerce")
print_fits(table, [("weight", "height")])
