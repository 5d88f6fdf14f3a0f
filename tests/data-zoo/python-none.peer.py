# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/python-none.csv", na_values=["None"])
print_fits(table, [("score", "depth")])
