# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

ZOO = os.environ["ZOO"]

genotypes = pandas.read_csv(ZOO + "/plink-traw.traw", sep="\t").set_index("SNP").iloc[:, 5:].T
genotypes.index = [name.split("_", 1)[1] for name in genotypes.index]
table = pandas.read_csv(ZOO + "/plink-traw.csv").merge(genotypes, left_on="IID", right_index=True)
print_fits(table, [("bmi", f"rs{i}") for i in (1, 2, 3)])
