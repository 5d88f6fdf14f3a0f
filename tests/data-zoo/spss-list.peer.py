# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/spss-list.txt", sep=r"\s+", nrows=4, na_values=".")
print_fits(table, [("weight", "age")])
