# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- read.csv(file.path(zoo, "thousands.csv"))
table$population <- as.numeric(gsub(",", "", table$population))
table$income <- as.numeric(gsub(",", "", table$income))
print_fits(table, list(c("deaths", "population"), c("deaths", "income")))
