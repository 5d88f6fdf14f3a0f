# SPDX-License-Identifier: GPL-3.0-or-later
# Compares adjusted p with R's p.adjust and with the package qvalue.
#
# usage: Rscript adjusted.R PROGRAM     (PROGRAM: what adjusted.c becomes)
#
# Prints a line a comparison and ends with `N passed, N failed, N skipped`.
program <- commandArgs(trailingOnly = TRUE)[1]
suppressMessages(library(qvalue))
set.seed(20240611)
passed <- failed <- 0L

check <- function(name, worst, most) {
  good <- is.finite(worst) && worst <= most
  cat(sprintf("%s %s: worst %.2g of %.2g\n", if (good) "ok  " else "FAIL",
              name, worst, most))
  if (good) passed <<- passed + 1L else failed <<- failed + 1L
}

# Relative distance; missing must be missing in both, zero must be zero.
far <- function(ours, theirs) {
  if (any(is.na(ours) != is.na(theirs))) return(Inf)
  if (any((ours == 0) != (theirs == 0), na.rm = TRUE)) return(Inf)
  d <- abs(ours - theirs) / ifelse(theirs == 0, 1, theirs)
  if (all(is.na(d))) 0 else max(d, na.rm = TRUE)
}

ours <- function(p, mode) {
  input <- tempfile()
  output <- tempfile()
  writeLines(ifelse(is.na(p), "NA", sprintf("%.17g", p)), input)
  stopifnot(system2(program, mode, stdin = input, stdout = output) == 0)
  head <- scan(output, nlines = 1, quiet = TRUE)
  table <- read.csv(output, skip = 1)
  unlink(c(input, output))
  list(m = head[1], pi0 = head[2], distance = head[3], table = table)
}

# The smoother with 3 degrees of freedom: smooth.spline stops its search at
# 3.0003, and is a millionth off the spline that Reinsch's matrices give.
lambdas <- seq(0.05, 0.95, 0.05)
smoother <- function(penalty) {
  n <- length(lambdas)
  second <- diff(diag(n), differences = 2)
  hats <- diag(2 / 3, n - 2)
  hats[abs(row(hats) - col(hats)) == 1] <- 1 / 6
  solve(diag(n) + penalty * t(second) %*% solve(hats, second))
}
degrees <- function(penalty) sum(diag(smoother(penalty))) - 3
last_row <- smoother(uniroot(degrees, c(1, 1e4), tol = 1e-12)$root)[19, ]

exact_pi0 <- function(p) {
  p <- p[!is.na(p)]
  share <- vapply(lambdas, function(l) mean(p >= l) / (1 - l), 0)
  min(1, sum(last_row * share))
}

compare_storey <- function(name, p, found) {
  m <- sum(!is.na(p))
  theirs <- tryCatch(pi0est(p)$pi0, error = function(e) NA)
  sound <- m >= 100 && any(p >= 0.95, na.rm = TRUE) && exact_pi0(p) > 0
  if (!sound) {
    check(paste(name, "pi0 falls back"), abs(found$pi0 - 1), 0)
  } else {
    check(paste(name, "pi0, exact spline"),
          far(found$pi0, exact_pi0(p)), 1e-9)
    check(paste(name, "pi0, qvalue"), far(found$pi0, theirs), 2e-4)
  }
  check(paste(name, "q"),
        far(found$table$q,
            qvalue(p, pi0 = found$pi0, lfdr.out = FALSE)$qvalues), 1e-12)
}

compare <- function(name, p) {
  found <- ours(p, "exact")
  check(paste(name, "tests"), abs(found$m - sum(!is.na(p))), 0)
  for (method in c("bonferroni", "holm", "hochberg", "BH", "BY"))
    check(paste(name, method),
          far(found$table[[paste0("p_", tolower(method))]],
              p.adjust(p, method)), 1e-12)
  compare_storey(name, p, found)
  rough <- ours(p, "histogram")
  for (column in names(found$table)) {
    above <- rough$table[[column]] / found$table[[column]] - 1
    above <- above[is.finite(above)]
    if (length(above) == 0) above <- 0
    check(paste(name, column, "by histogram, too small"), -min(0, above), 2e-13)
    check(paste(name, column, "by histogram, too large"), max(0, above),
          rough$distance + 2e-13)
  }
}

mixed <- function(n, effects = 0.1) {
  p <- runif(n)
  k <- seq_len(n)[runif(n) < effects]
  p[k] <- 10^-runif(length(k), 0, 300)
  p
}
spoiled <- function(p) {
  n <- length(p)
  p[sample(n, n %/% 10)] <- round(p[sample(n, n %/% 10)], 2)
  p[sample(n, n %/% 100)] <- 0
  p[sample(n, n %/% 100)] <- 1
  p[sample(n, n %/% 20)] <- NA
  p
}

compare("1e6 mixed", spoiled(mixed(1e6)))
compare("1e6 uniform", runif(1e6))
compare("1e4 mixed", spoiled(mixed(1e4)))
compare("1e4 effects", 10^-runif(1e4, 5, 300))
compare("1e4 ties", (1 + rbinom(1e4, 30, 0.6)) / 32)
compare("1e4 towards one", rbeta(1e4, 3, 1))
compare("100", mixed(100))
compare("99 spoiled", spoiled(mixed(99)))
compare("5 equal", rep(0.02, 5))
compare("3", c(0.2, NA, 0.01, 0.04))
compare("1", 0.03)
compare("zeros", c(0, 0, 0.5, 1))
cat(sprintf("%d passed, %d failed, 0 skipped\n", passed, failed))
quit(status = if (failed > 0) 1 else 0)
