# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_dta(file.path(zoo, "visits.dta"))
table$seen <- as.numeric(table$seen)
table$at <- as.numeric(table$at)
print_tests(table, list(c("weight", "seen"), c("weight", "at")))
