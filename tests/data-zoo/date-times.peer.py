# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_fits

table = pandas.read_csv(os.environ["ZOO"] + "/date-times.csv")
at = pandas.to_datetime(table["at"], utc=True)
table["at"] = (at - pandas.Timestamp("1970-01-01", tz="UTC")) / pandas.Timedelta(days=1)
print_fits(table, [("celsius", "at")])
