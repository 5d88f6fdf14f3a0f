# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/minus-nine-decimal.csv",
                        na_values={"bmi": [-9.0], "phq9": [-9]})
print_fits(table, [("bmi", "phq9"), ("bmi", "change")])
