# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

genes = pandas.read_csv(ZOO + "/expression-matrix.tsv", sep="\t", index_col="gene").drop(columns="description").T
table = pandas.read_csv(ZOO + "/expression-matrix.csv").merge(genes, left_on="geo", right_index=True)
print_fits(table, [(y, "age") for y in ("TP53", "BRCA1", "MYC")])
