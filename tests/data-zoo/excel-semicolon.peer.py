# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/excel-semicolon.csv", sep=";", decimal=",", encoding="utf-8-sig")
print_fits(table, [("Gewicht", "Größe")])
