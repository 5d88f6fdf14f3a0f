# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- haven::read_xpt(file.path(zoo, "long-names.xpt"))
print_fits(table, list(c("Body_mass_index", "Age_at_screening")))
