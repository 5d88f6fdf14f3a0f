# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_sas(os.environ["ZOO"] + "/nhanes.xpt", format="xport")
print_fits(table, [("BMXBMI", "RIDAGEYR"), ("BMXBMI", "RIAGENDR")])
