# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/accounting.csv", thousands=",")
change = table["change"].str.replace("[$,)]", "", regex=True)
table["change"] = change.str.replace("(", "-", regex=False).astype(float)
print_fits(table, [("income", "change")])
