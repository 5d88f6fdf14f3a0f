# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/true-false.csv")
table["smoker"] = table["smoker"].map({True: 1, False: 0})
print_fits(table, [("smoker", "bmi")])
