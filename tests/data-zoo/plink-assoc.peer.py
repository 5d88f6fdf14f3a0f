# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/plink-assoc.linear", sep=r"\s+")
print_fits(table, [("BETA", "BP"), ("BETA", "STAT")])
