# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

table = pandas.read_csv(ZOO + "/key-found.csv").merge(
    pandas.read_csv(ZOO + "/key-found.tsv", sep="\t")
)
print_fits(table, [("life", "gdp"), ("life", "area")])
