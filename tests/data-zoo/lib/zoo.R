# SPDX-License-Identifier: GPL-3.0-or-later
# What peers in R print: y,x,n,beta of pairs (a list of c(y, x)) of columns.
print_fits <- function(frame, pairs) {
  cat("y,x,n,beta\n")
  for (pair in pairs) {
    y <- frame[[pair[1]]]
    x <- frame[[pair[2]]]
    fit <- lm(y ~ x)
    cat(sprintf("%s,%s,%d,%.17g\n", pair[1], pair[2], length(fit$residuals), coef(fit)[[2]]))
  }
}
