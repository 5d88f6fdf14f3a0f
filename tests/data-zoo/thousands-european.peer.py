# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/thousands-european.csv",
                        sep=";", decimal=",", thousands=".")
print_fits(table, [("Quote", "Einwohner"), ("Quote", "Einkommen")])
