# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_xpt(file.path(zoo, "nhanes.xpt"))
print_fits(table, list(c("BMXBMI", "RIDAGEYR"), c("BMXBMI", "RIAGENDR")))
