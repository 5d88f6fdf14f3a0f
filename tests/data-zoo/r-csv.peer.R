# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- read.csv(file.path(zoo, "r-csv.csv"))
print_fits(table, list(c("bmi", "age")))
