# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

pheno, covar = [pandas.read_csv(os.environ["ZOO"] + "/plink-joined." + kind, sep=" ", na_values=-9)
                for kind in ("pheno", "covar")]
print_fits(pheno.merge(covar, on=["FID", "IID"]), [("BMI", "PC1"), ("BMI", "PC2")])
