# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- data.table::fread(file.path(zoo, "crlf.csv"))
print_fits(table, list(c("weight", "age")))
