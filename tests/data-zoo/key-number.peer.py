# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

table = pandas.read_csv(ZOO + "/key-number.csv").merge(
    pandas.read_csv(ZOO + "/key-number.txt", sep="\t"), on="SEQN"
)
print_fits(table, [("BMI", "LEAD")])
