# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_stata(os.environ["ZOO"] + "/stata10.dta")
table["sex"] = [{"Male": 0, "Female": 1}[s] for s in table["sex"]]
print_fits(table, [("bmi", "age"), ("bmi", "sex"), ("bmi", "visits")])
