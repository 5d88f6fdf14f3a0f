# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/yes-no.csv")
for name in ("diabetes", "insured"):
    table[name] = table[name].str[0].str.lower().map({"y": 1, "n": 0})
print_fits(table, [("diabetes", "insured"), ("diabetes", "glucose")])
