# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/r-csv2.csv", sep=";", decimal=",")
print_fits(table, [("bmi", "age")])
