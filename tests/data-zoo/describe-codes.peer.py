# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_columns

print_columns(pandas.read_csv(os.environ["ZOO"] + "/describe-codes.csv", na_values=["-9", "NULL"]))
