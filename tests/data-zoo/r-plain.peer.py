# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/r-plain.txt", sep=r"\s+")
print_fits(table, [("bmi", "age")])
