# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/bad-cell.csv", na_values=["28.4?"])
print_fits(table, [("sbp", "bmi")])
