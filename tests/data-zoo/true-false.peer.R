# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- data.table::fread(file.path(zoo, "true-false.csv"))
table$smoker <- as.numeric(table$smoker)
print_fits(table, list(c("smoker", "bmi")))
