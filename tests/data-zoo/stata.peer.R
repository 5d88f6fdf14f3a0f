# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_dta(file.path(zoo, "stata.dta"))
table$sex <- haven::as_factor(table$sex)
table$smoke <- haven::as_factor(table$smoke)
table$smoke[table$smoke == "Unknown"] <- NA
table$smoke <- droplevels(table$smoke)
print_tests(table, list(c("bmi", "age"), c("bmi", "sex"), c("bmi", "smoke"), c("bmi", "region")))
