# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- read.delim(file.path(zoo, "r-tabs.tsv"))
print_fits(table, list(c("bmi", "age")))
