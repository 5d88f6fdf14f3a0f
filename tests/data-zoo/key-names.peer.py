# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

table = pandas.read_csv(ZOO + "/key-names.csv").merge(
    pandas.read_csv(ZOO + "/key-names.tsv", sep="\t"), left_on="id", right_on="Subject"
)
print_fits(table, [("score", "age"), ("score", "crp")])
