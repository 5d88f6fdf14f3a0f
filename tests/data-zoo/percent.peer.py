# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/percent.csv")
table["turnout"] = table["turnout"].str.rstrip(" %").astype(float) / 100
print_fits(table, [("turnout", "swing")])
