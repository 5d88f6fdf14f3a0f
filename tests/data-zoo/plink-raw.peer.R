# SPDX-License-Identifier: GPL-3.0-or-later
zoo <- Sys.getenv("ZOO")
source(file.path(zoo, "lib/zoo.R"))
table <- data.table::fread(file.path(zoo, "plink-raw.raw"))
print_fits(table, list(c("PHENOTYPE", "rs1_A"), c("PHENOTYPE", "rs2_A"), c("PHENOTYPE", "rs3_A"), c("PHENOTYPE", "rs4_A"), c("PHENOTYPE", "rs5_A")))
