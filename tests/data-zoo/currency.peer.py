# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/currency.csv")
for name in ("price", "cost"):
    table[name] = table[name].str.replace("[$€, ]", "", regex=True).astype(float)
print_fits(table, [("price", "cost"), ("price", "margin")])
