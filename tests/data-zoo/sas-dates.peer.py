# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/sas-dates.csv")
at = pandas.to_datetime(table["admitted"], format="%d%b%Y")
table["admitted"] = (at - pandas.Timestamp("1970-01-01")) / pandas.Timedelta(days=1)
print_fits(table, [("stay", "admitted")])
