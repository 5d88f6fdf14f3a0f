# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/titled-blanks.txt", sep=r"\s+", skiprows=2)
print_fits(table, [("temp", "wind")])
