# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

zoo = os.environ["ZOO"]
table = pandas.read_csv(zoo + "/cis.csv")
pairs = pandas.read_csv(zoo + "/cis.tsv", sep="\t")
print_fits(table, list(zip(pairs["gene"], pairs["snp"])))
