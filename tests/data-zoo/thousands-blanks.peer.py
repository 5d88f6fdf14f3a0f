# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/thousands-blanks.csv",
                        sep=";", decimal=",")
name = "folkmängd"
table[name] = table[name].str.replace("[  ]", "", regex=True).astype(float)
print_fits(table, [("skatt", name)])
