# SPDX-License-Identifier: GPL-3.0-or-later
source(file.path(Sys.getenv("ZOO"), "lib", "zoo.R"))
library(haven)
d <- read_dta(file.path(Sys.getenv("ZOO"), "stata.dta"))
fit <- lm(bmi ~ age + factor(sex), d)
cat("y,x,n,beta\n")
cat(sprintf("bmi,age,%d,%.17g\n", nobs(fit), coef(fit)[["age"]]))
