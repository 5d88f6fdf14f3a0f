# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- as.data.frame(t(read.delim(file.path(zoo, "r-matrix.tsv"))))
print_fits(table, list(c("g1", "g2"), c("g1", "g3")))
