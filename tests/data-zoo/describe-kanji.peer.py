# SPDX-License-Identifier: GPL-3.0-or-later
import os
import pandas
from zoo import print_columns

table = pandas.read_csv(os.environ["ZOO"] + "/describe-kanji.csv", encoding="utf-8-sig")
print_columns(table.drop(columns="検査日"))
