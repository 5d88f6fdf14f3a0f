# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/unknown-code.csv",
                        na_values={"alcohol": [99], "systolic": ["?"]})
print_fits(table, [("systolic", "alcohol")])
