# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::zap_labels(haven::read_sav(file.path(zoo, "packed.zsav")))
table$age[table$age == 999] <- NA
print_fits(table, list(c("bmi", "sex"), c("bmi", "age"), c("smoke", "sex"), c("smoke", "age")))
