# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_sav(file.path(zoo, "spss.sav"))
table$age[table$age == 999] <- NA
table$sex <- haven::as_factor(table$sex)
table$smoke <- droplevels(haven::as_factor(table$smoke))
print_tests(table, list(c("bmi", "age"), c("bmi", "sex"), c("bmi", "smoke")))
