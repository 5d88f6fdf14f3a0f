# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/excel-errors.csv",
                        na_values=["#DIV/0!", "#VALUE!", "#N/A"])
print_fits(table, [("response", "dose"), ("response", "ratio")])
