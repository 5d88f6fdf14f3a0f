# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/padded.csv", sep=r" *, *| +$", engine="python").rename(columns=str.strip)
print_fits(table, [("weight", "age")])
