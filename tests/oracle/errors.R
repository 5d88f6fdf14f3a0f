# SPDX-License-Identifier: GPL-3.0-or-later
# Compares robust standard errors of all coefficients with the package
# sandwich, on random designs with missing cells, weights, categories and
# absorbed categories.
#
# usage: Rscript errors.R REGSWEEP
#
# Prints a line a comparison and ends with `N passed, N failed, N skipped`.
program <- commandArgs(trailingOnly = TRUE)[1]
suppressMessages(library(sandwich))
set.seed(20261128)
passed <- failed <- 0L

verdict <- function(name, worst, most) {
  good <- is.finite(worst) && worst <= most
  cat(sprintf("%s %s: worst %.2g of %.2g\n", if (good) "ok  " else "FAIL",
              name, worst, most))
  if (good) passed <<- passed + 1L else failed <<- failed + 1L
}

design <- function(n, levels) {
  some <- function(v, part = 0.05) {
    v[runif(n) < part] <- NA
    v
  }
  d <- data.frame(
    x1 = some(rnorm(n)), x2 = some(rexp(n) + 10), c1 = some(rnorm(n)),
    f = some(sample(c("u", "v", "w"), n, TRUE)),
    g = some(paste0("g", sample(levels, n, TRUE))),
    h = some(paste0("h", sample(levels, n, TRUE))),
    w = some(rexp(n) + 0.1),
    cl = some(paste0("k", sample(12, n, TRUE))),
    cl2 = some(sample(7, n, TRUE)),
    when = some(sample(n %/% 2, n, TRUE)))
  d$y1 <- some(1 + d$x1 + rnorm(n) * (1 + abs(d$x1)) +
                 ifelse(is.na(d$cl2), 0, d$cl2 / 5))
  d$y2 <- some(rnorm(n) + ifelse(is.na(d$x2), 0, d$x2))
  d
}

ours <- function(d, options) {
  input <- tempfile(fileext = ".csv")
  output <- tempfile(fileext = ".csv")
  write.csv(format(d, digits = 17, trim = TRUE), input, row.names = FALSE,
            quote = FALSE)
  status <- system2(program, c("run", "-q", input, "--rows", "terms",
                               "--columns", "y,x,term,n,df,beta,se,stat,p,status",
                               "-o", output, options))
  stopifnot(status == 0)
  out <- read.csv(output)
  unlink(c(input, output))
  out
}

# The same of R: what is left of the rows, the model, its covariance.
theirs <- function(d, y, x, covariates, weighted, kind, extra) {
  used <- c(y, x, covariates, if (weighted) "w", extra$needs)
  d <- d[complete.cases(d[, used]), ]
  d <- d[extra$order(d), ]
  m <- do.call(lm, list(reformulate(c(x, covariates), y), data = d,
                        weights = if (weighted) d$w))
  v <- extra$covariance(m, d)
  keep <- !is.na(coef(m))
  b <- coef(m)[keep]
  se <- sqrt(diag(v))[names(b)]
  df <- extra$df(m, d)
  data.frame(term = names(b), n = nobs(m), df = df, beta = b, se = se,
             stat = b / se, p = 2 * pt(-abs(b / se), df), row.names = NULL)
}

term_names <- function(term) {
  term[term == "(Intercept)"] <- "(intercept)"
  sub("^([fgh])(.+)$", "\\1=\\2", term)
}

as_is <- function(d) seq_len(nrow(d))
residual_df <- function(m, d) df.residual(m)
count <- function(v) length(unique(v))

kinds <- list(
  hc0 = list("--se hc0", as_is, NULL, function(m, d) vcovHC(m, "HC0"), residual_df),
  hc1 = list("--se hc1", as_is, NULL, function(m, d) vcovHC(m, "HC1"), residual_df),
  hc2 = list("--se hc2", as_is, NULL, function(m, d) vcovHC(m, "HC2"), residual_df),
  hc3 = list("--se hc3", as_is, NULL, function(m, d) vcovHC(m, "HC3"), residual_df),
  hc4 = list("--se hc4", as_is, NULL, function(m, d) vcovHC(m, "HC4"), residual_df),
  cluster = list("--se cluster --cluster cl", as_is, "cl",
                 function(m, d) vcovCL(m, d$cl), function(m, d) count(d$cl) - 1),
  twoway = list("--se cluster --cluster cl,cl2", as_is, c("cl", "cl2"),
                function(m, d) vcovCL(m, d[, c("cl", "cl2")]),
                function(m, d) min(count(d$cl), count(d$cl2)) - 1),
  hac = list("--se hac --lag 3", as_is, NULL,
             function(m, d) NeweyWest(m, lag = 3, prewhite = FALSE, adjust = TRUE),
             residual_df),
  timed = list("--se hac --lag 4 --time when", function(d) order(d$when), "when",
               function(m, d) NeweyWest(m, lag = 4, prewhite = FALSE, adjust = TRUE),
               residual_df))

relative <- function(a, b, scale = abs(b)) {
  if (any(is.na(a) != is.na(b))) return(Inf)
  max(abs(a - b) / scale, 0, na.rm = TRUE)
}

compare <- function(d, covariates, weighted, kind) {
  info <- setNames(kinds[[kind]], c("options", "order", "needs", "covariance", "df"))
  options <- c(strsplit(info$options, " ")[[1]], "-y", "y1,y2", "-x", "x1,x2",
               if (length(covariates)) c("-c", paste(covariates, collapse = ",")),
               if (weighted) c("-w", "w"))
  all <- ours(d, options)
  worst <- 0
  for (y in c("y1", "y2")) for (x in c("x1", "x2")) {
    r <- suppressWarnings(theirs(d, y, x, covariates, weighted, kind, info))
    r$term <- term_names(r$term)
    mine <- all[all$y == y & all$x == x & all$status != "collinear", ]
    mine <- mine[match(r$term, mine$term), ]
    # R has rounding where nothing is left: a row of leverage 1, V not above 0
    none <- is.na(mine$se)
    lost <- none & !(mine$status %in% c("leverage_one", "no_variance"))
    if (anyNA(mine$beta) || any(lost)) return(Inf)
    if (any(none & is.finite(r$se) & r$se > 1e-6 * max(r$se, na.rm = TRUE) &
              mine$status == "no_variance")) return(Inf)
    r <- r[!none, ]
    mine <- mine[!none, ]
    worst <- max(worst, relative(mine$n, r$n), relative(mine$df, r$df),
                 relative(mine$beta, r$beta, r$se), relative(mine$se, r$se),
                 relative(mine$stat, r$stat, abs(r$stat) + 1e-2),
                 relative(mine$p, r$p, r$p * (1 + r$stat^2)))
  }
  worst
}

models <- list(none = character(), numbers = "c1", categories = c("c1", "f"),
               absorbed = c("f", "g"), two = c("c1", "g", "h"))
for (model in names(models)) for (weighted in c(FALSE, TRUE)) for (kind in names(kinds)) {
  d <- if (model == "two") design(900, 70) else design(160, 20)
  verdict(sprintf("%s, %s%s", kind, model, if (weighted) ", weighted" else ""),
          compare(d, models[[model]], weighted, kind), 1e-9)
}
# ---- x of several columns ----

# our options and terms, and R's model with its names of them
blocks <- list(
  categories = list(c("-x", "k", "-c", "c1"), "y1 ~ k + c1",
                    c("k=b", "k=c", "k=d"), c("kb", "kc", "kd")),
  interaction = list(c("-x", "x1", "--interact", "c1"), "y1 ~ c1 + x1 + x1:c1",
                     c("x1", "x1:c1"), c("x1", "c1:x1")),
  powers = list(c("-x", "x1", "--poly", "3"), "y1 ~ x1 + I(x1^2) + I(x1^3)",
                c("x1", "x1^2", "x1^3"), c("x1", "I(x1^2)", "I(x1^3)")))

for (block in names(blocks)) for (kind in c("hc1", "hc3", "cluster", "hac")) {
  info <- setNames(blocks[[block]], c("options", "formula", "ours", "theirs"))
  how <- setNames(kinds[[kind]], c("options", "order", "needs", "covariance", "df"))
  d <- design(200, 20)
  d$k <- sample(letters[1:4], 200, TRUE)
  mine <- ours(d, c(strsplit(how$options, " ")[[1]], "-y", "y1", "-w", "w", info$options))
  e <- d[complete.cases(d[, c(all.vars(as.formula(info$formula)), "w", how$needs)]), ]
  m <- do.call(lm, list(as.formula(info$formula), data = e, weights = e$w))
  se <- sqrt(diag(how$covariance(m, e)))[info$theirs]
  mine <- mine[match(info$ours, mine$term), ]
  verdict(sprintf("%s, %s", kind, block),
          max(relative(mine$se, se),
              relative(mine$beta, coef(m)[info$theirs], se)), 1e-8)
}

# ---- F of a category among the covariates, and differences of levels ----

wald <- function(m, v, names) {
  b <- coef(m)[names]
  sum(b * solve(v[names, names], b)) / length(b)
}

for (x in c("x1", "z")) for (kind in c("hc0", "hc3", "cluster", "hac")) {
  how <- setNames(kinds[[kind]], c("options", "order", "needs", "covariance", "df"))
  d <- design(200, 20)
  d$k <- sample(letters[1:4], 200, TRUE)
  d$z <- sample(letters[1:3], 200, TRUE)
  mine <- ours(d, c(strsplit(how$options, " ")[[1]], "-y", "y1", "-w", "w", "-x", x,
                    "-c", "c1,k", "--contrasts", "holm"))
  e <- d[complete.cases(d[, c("y1", x, "c1", "k", "w", how$needs)]), ]
  m <- do.call(lm, list(reformulate(c("c1", "k", x), "y1"), data = e, weights = e$w))
  v <- how$covariance(m, e)
  of_k <- c("kb", "kc", "kd")
  f <- wald(m, v, of_k)
  df <- how$df(m, e)
  row <- mine[mine$term == "k", ]
  worst <- max(relative(row$stat, f),
               relative(row$p, pf(f, 3, df, lower.tail = FALSE)) / (1 + 3 * f))
  if (x == "z") {
    pairs <- rbind(c(1, 0), c(0, 1), c(-1, 1))
    of_z <- c("zb", "zc")
    b <- drop(pairs %*% coef(m)[of_z])
    se <- sqrt(diag(pairs %*% v[of_z, of_z] %*% t(pairs)))
    p <- p.adjust(2 * pt(-abs(b / se), df), "holm")
    row <- mine[match(c("z=b-a", "z=c-a", "z=c-b"), mine$term), ]
    worst <- max(worst, relative(row$beta, b, se), relative(row$se, se),
                 relative(row$p, p) / (1 + max(b / se)^2))
  }
  verdict(sprintf("%s, F of a covariate beside %s", kind, x), worst, 1e-8)
}

# ---- surveys ----
suppressMessages(library(survey))

# PSUs numbered anew in each stratum; few rows of some, so that domains lack
# whole PSUs, and with `alone` strata of one PSU.
survey_design <- function(n, strata, alone) {
  d <- design(n, 8)
  d$s <- sample(strata, n, TRUE)
  d$u <- sample(if (strata == 1) 30 else 4, n, TRUE)
  if (alone) d$u[d$s <= 2] <- 1
  d$w <- rexp(n) + 0.1
  d$part <- ifelse(d$u == 2 & runif(n) < 0.9, NA, d$x1)
  d
}

compare_survey <- function(d, covariates, lonely, by) {
  options(survey.lonely.psu = lonely)
  x <- "part"
  arguments <- c("--survey", "-w", "w", "-y", "y1", "-x", x, "--lonely", lonely,
                 if (by != "psu") c("--strata", "s"),
                 if (by != "strata") c("--psu", "u"),
                 if (length(covariates)) c("-c", paste(covariates, collapse = ",")))
  mine <- ours(d, arguments)
  full <- svydesign(ids = if (by == "strata") ~1 else ~u,
                    strata = if (by == "psu") NULL else ~s,
                    weights = ~w, data = d, nest = by == "both")
  used <- complete.cases(d[, c("y1", x, covariates)])
  m <- tryCatch(suppressWarnings(svyglm(reformulate(c(x, covariates), "y1"),
                                        design = full)), error = function(e) NULL)
  if (is.null(m)) {
    slopes <- !(mine$term %in% covariates & mine$term != "c1") # else F
    alone <- all(mine$status == "lonely_psu") && all(is.na(mine$se)) &&
      !anyNA(mine$beta[slopes])
    return(if (alone) 0 else Inf)
  }
  r <- data.frame(term = names(coef(m)), beta = coef(m), se = SE(m))
  df <- degf(full[used, ]) + 1 - length(coef(m))
  r$term <- term_names(r$term)
  mine <- mine[match(r$term, mine$term), ]
  r$stat <- r$beta / r$se
  r$p <- 2 * pt(-abs(r$stat), df)
  if (anyNA(mine$se) || any(mine$df != df)) return(Inf)
  max(relative(mine$beta, r$beta, r$se), relative(mine$se, r$se),
      relative(mine$stat, r$stat, abs(r$stat) + 1e-2),
      relative(mine$p, r$p, r$p * (1 + r$stat^2)))
}

for (covariates in list(character(), "c1", c("c1", "f"), c("f", "g")))
  for (alone in c(FALSE, TRUE))
    for (lonely in c("fail", "remove", "certainty", "adjust", "average"))
      for (by in c("both", "strata", if (!alone) "psu"))
        verdict(sprintf("survey by %s, %s, %s%s", by,
                        paste(covariates, collapse = "+"), lonely,
                        if (alone) ", alone" else ""),
                compare_survey(survey_design(240, if (by == "psu") 1 else 9, alone),
                               covariates, lonely, by), 1e-7)
# --where is a domain, as subset() makes one
for (covariates in list(character(), "c1", c("c1", "f"))) {
  d <- survey_design(240, 9, FALSE)
  d$a <- ifelse(d$u == 1 & d$s < 4, -1, rnorm(240))
  options(survey.lonely.psu = "fail")
  mine <- ours(d, c("--survey", "-w", "w", "-y", "y1", "-x", "x1", "--strata", "s",
                    "--psu", "u", "--where", shQuote("a >= -0.9"),
                    if (length(covariates)) c("-c", paste(covariates, collapse = ","))))
  domain <- subset(svydesign(ids = ~u, strata = ~s, weights = ~w, nest = TRUE,
                             data = d), a >= -0.9)
  m <- svyglm(reformulate(c("x1", covariates), "y1"), design = domain)
  mine <- mine[match(term_names(names(coef(m))), mine$term), ]
  verdict(sprintf("survey, where, %s", paste(covariates, collapse = "+")),
          max(relative(mine$beta, coef(m), SE(m)), relative(mine$se, SE(m))), 1e-8)
}
cat(sprintf("%d passed, %d failed, 0 skipped\n", passed, failed))
quit(status = failed > 0)
