# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_por(file.path(zoo, "portable.por"))
table$SEX <- haven::as_factor(table$SEX)
table$SMOKE <- droplevels(haven::as_factor(table$SMOKE))
print_tests(table, list(c("BMI", "SEX"), c("BMI", "SMOKE"), c("BMI", "REGION")))
