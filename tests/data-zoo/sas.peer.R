# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_sas(file.path(zoo, "sas.sas7bdat.gz"))
print_tests(table, list(c("BMXBMI", "RIDAGEYR"), c("BMXBMI", "RIAGENDR"), c("BMXBMI", "REGION")))
