# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

table = pandas.read_csv(ZOO + "/key-unmatched.csv").merge(
    pandas.read_csv(ZOO + "/key-unmatched.tsv", sep="\t"), on="id"
)
print_fits(table, [("y", "x")])
