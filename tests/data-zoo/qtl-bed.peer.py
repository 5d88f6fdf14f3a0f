# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

genes = pandas.read_csv(ZOO + "/qtl-bed.bed", sep="\t").set_index("pid").iloc[:, 5:].T
table = pandas.read_csv(ZOO + "/qtl-bed.csv").merge(genes, left_on="sample", right_index=True)
print_fits(table, [("ENSG01", "dose"), ("ENSG02", "dose")])
