# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/iso-dates.csv")
days = pandas.to_datetime(table["visit"]) - pandas.Timestamp("1970-01-01")
table["visit"] = days / pandas.Timedelta(days=1)
print_fits(table, [("weight", "visit")])
