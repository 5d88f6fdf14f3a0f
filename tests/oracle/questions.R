#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every question that can be asked of a pair, on random designs, against R.
#
# usage: questions.R REGSWEEP [SEED [ROUNDS [QUESTION...]]]
#
# A design is a table of random size with numeric, two-valued and text
# columns, missing cells, weights, counts, clusters and strata. Each question
# is a set of options and a function that gives what R says of a pair; both
# engines are asked. Prints a line a question and at the end
# `N passed, N failed, N skipped`; a row is a test.

arguments <- commandArgs(trailingOnly = TRUE)
program <- arguments[1]
seed <- if (length(arguments) > 1) as.integer(arguments[2]) else 1L
rounds <- if (length(arguments) > 2) as.integer(arguments[3]) else 5L
asked <- if (length(arguments) > 3) arguments[-(1:3)] else NULL
folder <- tempfile("questions")
dir.create(folder)
options(stringsAsFactors = FALSE, warn = 1)
invisible(Sys.setlocale("LC_COLLATE", "C"))

has <- function(package) {
    suppressWarnings(suppressPackageStartupMessages(
        requireNamespace(package, quietly = TRUE)))
}

# ---- designs ----------------------------------------------------------

holes <- function(v, part) {
    v[runif(length(v)) < part] <- NA
    v
}

design <- function(part) {
    n <- sample(40:160, 1)
    d <- data.frame(
        x1 = rnorm(n), x2 = round(rexp(n), 3), x3 = rnorm(n) + 50,
        b = rbinom(n, 1, 0.4), s2 = sample(c("no", "yes"), n, TRUE),
        s4 = sample(c("a", "b", "c", "d"), n, TRUE, c(4, 3, 2, 1)),
        k3 = sample(c(2, 10, 30), n, TRUE),
        c1 = rnorm(n), c2 = rpois(n, 3),
        cf = sample(c("u", "v", "w"), n, TRUE),
        w = round(rexp(n) + 0.1, 2), count = sample(1:4, n, TRUE),
        cl = sample(sprintf("c%02d", 1:12), n, TRUE),
        cl2 = sample(1:9, n, TRUE), time = sample(n), 
        stratum = sample(1:4, n, TRUE))
    d$psu <- d$stratum * 10 + sample(1:4, n, TRUE)
    d$g <- sample(c("north", "south", "east"), n, TRUE)
    d$y1 <- d$x1 + 0.5 * d$c1 + (d$s4 == "c") + rnorm(n) * (0.5 + d$x2)
    d$y2 <- 3 * d$b * d$x1 + rexp(n) + d$k3 / 10
    d$y3 <- 1000 + d$x3 + rnorm(n) / 10
    for (name in c("x1", "x2", "s2", "s4", "k3", "c1", "cf", "y1", "y2"))
        d[[name]] <- holes(d[[name]], part)
    d
}

ys <- c("y1", "y2", "y3")
numeric_xs <- c("x1", "x2", "x3", "b")

# ---- asking -----------------------------------------------------------

# What the program says, as text cells; NULL when it refuses.
ask <- function(file, options, engine) {
    out <- file.path(folder, "out.csv")
    unlink(out)
    run <- c("run", "-q", file, "-o", out, "--engine", engine, "--force",
             options)
    status <- system2(program, shQuote(run), stdout = FALSE,
                      stderr = file.path(folder, "said"))
    if (status != 0) {
        cat("    ", readLines(file.path(folder, "said")), "\n")
        return(NULL)
    }
    read.csv(out, colClasses = "character", na.strings = character(),
             check.names = FALSE)
}

# Relative, or absolute where numbers are tiny.
same <- function(ours, theirs, tolerance) {
    if (is.character(theirs)) return(identical(ours, theirs))
    ours <- if (identical(ours, "")) NA else suppressWarnings(as.numeric(ours))
    if (is.na(theirs) || is.na(ours)) return(is.na(theirs) && is.na(ours))
    if (is.infinite(theirs)) return(ours == theirs)
    abs(ours - theirs) <= tolerance * max(abs(theirs), 1e-3)
}

passed <- 0; failed <- 0; skipped <- 0

# rows: a data frame from R, whose columns `by` find our row.
compare <- function(title, ours, rows, by, tolerance) {
    if (is.null(ours)) {
        failed <<- failed + 1
        return(FALSE)
    }
    key <- function(d) do.call(paste, c(lapply(by, function(n) d[[n]]), sep = "\r"))
    at <- match(key(rows), key(ours))
    fine <- TRUE
    for (i in seq_len(nrow(rows))) {
        wrong <- NULL
        if (is.na(at[i])) wrong <- "no such row"
        else for (name in setdiff(names(rows), by))
            if (is.null(ours[[name]])) wrong <- c(wrong, paste("no column", name))
            else if (!same(ours[[name]][at[i]], rows[[name]][i], tolerance))
                wrong <- c(wrong, sprintf("%s: %s, R %s", name, ours[[name]][at[i]],
                                          format(rows[[name]][i], digits = 12)))
        if (is.null(wrong)) passed <<- passed + 1
        else {
            failed <<- failed + 1
            if (fine) cat("  FAIL", title, key(rows[i, , drop = FALSE]), "\n     ",
                          paste(wrong, collapse = "; "), "status",
                          if (is.na(at[i])) "-" else ours$status[at[i]], "\n")
            fine <- FALSE
        }
    }
    fine
}

# ---- what R says ------------------------------------------------------

# The rows of a pair, and the formula's pieces.
part_of <- function(d, names) d[complete.cases(d[, unique(names), drop = FALSE]), ]
fit_of <- function(d, y, x, covariates, weights = NULL, also = NULL) {
    rows <- part_of(d, c(y, x, covariates, weights, also))
    terms <- c(covariates, x)
    model <- as.formula(paste(y, "~", paste(terms, collapse = "+")))
    rows$.w <- if (is.null(weights)) 1 else rows[[weights]]
    fit <- if (is.null(weights)) lm(model, rows)
           else lm(model, rows, weights = .w)
    list(fit = fit, rows = rows)
}

over_pairs <- function(xs, f) {
    parts <- list()
    for (y in ys) for (x in xs) {
        row <- f(y, x)
        if (!is.null(row)) parts[[length(parts) + 1]] <- cbind(y = y, x = x, row)
    }
    do.call(rbind, parts)
}

t_row <- function(beta, v, df, n) {
    se <- sqrt(v)
    data.frame(n = n, beta = beta, se = se, stat = beta / se,
               p = 2 * pt(-abs(beta / se), df))
}

robust <- function(covariates, weights, covariance, df = NULL, also = NULL) {
    function(d) over_pairs(numeric_xs, function(y, x) {
        at <- fit_of(d, y, x, covariates, weights, also)
        v <- covariance(at$fit, at$rows)[x, x]
        t_row(coef(at$fit)[[x]], v,
              if (is.null(df)) at$fit$df.residual else df(at$rows), nrow(at$rows))
    })
}

f_row <- function(d, y, x, covariates, weights = NULL) {
    full <- fit_of(d, y, x, covariates, weights)
    rows <- full$rows
    small <- lm(as.formula(paste(y, "~", paste(c(1, covariates), collapse = "+"))),
                rows, weights = .w)
    a <- anova(small, full$fit)
    data.frame(n = nrow(rows), df1 = a$Df[2], df = a$Res.Df[2],
               stat = a$F[2], p = a$`Pr(>F)`[2], r2 = summary(full$fit)$r.squared,
               partial_r2 = a$`Sum of Sq`[2] / a$RSS[1])
}

level_rows <- function(d, y, x, covariates) {
    d[[x]] <- factor(d[[x]], levels = sort(unique(na.omit(d[[x]]))))
    at <- fit_of(d, y, x, covariates)
    table <- summary(at$fit)$coefficients
    levels <- levels(d[[x]])[-1]
    data.frame(term = paste0(x, "=", levels),
               beta = table[paste0(x, levels), 1], se = table[paste0(x, levels), 2],
               p = table[paste0(x, levels), 4])
}

as_codes <- function(d, names) {
    for (name in names)
        d[[name]] <- factor(d[[name]], levels = sort(unique(na.omit(d[[name]]))))
    d
}

hc <- function(kind) list(
    options = c("--se", tolower(kind)),
    rows = function(covariates, weights)
        robust(covariates, weights, function(fit, rows) sandwich::vcovHC(fit, type = kind)))

measures <- function(d) over_pairs(numeric_xs, function(y, x) {
    at <- fit_of(d, y, x, c("c1", "cf"))
    fit <- at$fit
    s <- summary(fit)
    t <- s$coefficients[x, 3]
    df <- fit$df.residual
    r <- t / sqrt(t^2 + df)
    z <- atanh(r) + c(-1, 1) * qnorm(0.975) / sqrt(nrow(at$rows) - 3 - (fit$rank - 2))
    f <- s$fstatistic
    b <- lmtest::bptest(fit)
    data.frame(adj_r2 = s$adj.r.squared, sigma = s$sigma, f = f[[1]],
               f_p = pf(f[[1]], f[[2]], f[[3]], lower.tail = FALSE),
               loglik = as.numeric(logLik(fit)), aic = AIC(fit), bic = BIC(fit),
               partial_r2 = r^2, r_low = tanh(z[1]), r_high = tanh(z[2]),
               std_beta = coef(fit)[[x]] * sd(at$rows[[x]]) / sd(at$rows[[y]]),
               dw = lmtest::dwtest(fit)$statistic[[1]],
               bp_p = b$p.value[[1]], leverage_max = max(hatvalues(fit)),
               cooks_max = max(cooks.distance(fit)),
               mean_y = mean(at$rows[[y]]), sd_y = sd(at$rows[[y]]),
               mean_x = mean(at$rows[[x]]), sd_x = sd(at$rows[[x]]),
               vif = car::vif(fit)[x, "GVIF"])
})

svy <- function(d) {
    kept <- d[complete.cases(d[, c("stratum", "psu", "w")]), ]
    whole <- survey::svydesign(ids = ~psu, strata = ~stratum, weights = ~w,
                               data = kept, nest = TRUE)
    over_pairs(numeric_xs, function(y, x) {
        inside <- complete.cases(kept[, c(y, x, "c1")])
        fit <- survey::svyglm(as.formula(paste(y, "~ c1 +", x)),
                              subset(whole, inside))
        rows <- kept[inside, ]
        df <- length(unique(rows$psu)) - length(unique(rows$stratum)) + 1 - 3
        t_row(coef(fit)[[x]], vcov(fit)[x, x], df, nrow(rows))
    })
}

pooled <- function(method) { force(method); function(d) over_pairs(numeric_xs, function(y, x) {
    each <- lapply(split(d, d$g), function(part) {
        s <- summary(fit_of(part, y, x, NULL)$fit)$coefficients[x, ]
        s[1:2]
    })
    m <- metafor::rma(yi = sapply(each, `[`, 1), sei = sapply(each, `[`, 2),
                      method = method)
    row <- data.frame(g = "(pooled)", k = m$k, beta = m$beta[[1]], se = m$se, stat = m$zval,
               p = m$pval, tau2 = m$tau2, Q = m$QE, Q_p = m$QEp, I2 = m$I2)
    if (method == "FE") row$tau2 <- NULL # ours is the same estimate by both
    row
}) }

rank_row <- function(method) { force(method); function(d) over_pairs(numeric_xs, function(y, x) {
    rows <- part_of(d, c(y, x))
    if (method == "kendall") {
        test <- suppressWarnings(cor.test(rows[[y]], rows[[x]], method = method,
                                          exact = FALSE))
        return(data.frame(n = nrow(rows), r = test$estimate[[1]],
                          stat = test$statistic[[1]], p = test$p.value))
    }
    r <- cor(rank(rows[[y]]), rank(rows[[x]]))
    df <- nrow(rows) - 2
    t <- r * sqrt(df / (1 - r^2))
    data.frame(n = nrow(rows), r = r, stat = t, p = 2 * pt(-abs(t), df))
}) }

partial_rank <- function(d) over_pairs(numeric_xs, function(y, x) {
    rows <- part_of(d, c(y, x, "c1", "c2"))
    for (name in c(y, x, "c1", "c2")) rows[[name]] <- rank(rows[[name]])
    s <- summary(fit_of(rows, y, x, c("c1", "c2"))$fit)
    t <- s$coefficients[x, 3]
    data.frame(n = nrow(rows), stat = t, p = s$coefficients[x, 4],
               r = t / sqrt(t^2 + s$df[2]))
})

slope_of <- function(d, covariates, change = identity) over_pairs(
    c("x1", "x2", "x3"), function(y, x) {
        d[[x]] <- change(d[[x]])
        at <- fit_of(d, y, x, covariates)
        s <- summary(at$fit)$coefficients
        cbind(n = nrow(at$rows), t_row(s[x, 1], s[x, 2]^2, at$fit$df.residual, 0)[, -1])
    })

changed <- function(name, change) {
    force(change)
    list(options = c("--transform", paste0(name, "(x1,x2,x3)"), "-x", "x1,x2,x3"),
         rows = function(d) {
             rows <- slope_of(d, NULL, change)
             rows$x <- paste0(name, "(", rows$x, ")")
             rows
         })
}

# ---- questions --------------------------------------------------------

nums <- c("-x", paste(numeric_xs, collapse = ","))
questions <- list()
question <- function(name, options, rows, by = c("y", "x"), needs = NULL,
                     tolerance = 1e-7)
    questions[[name]] <<- list(options = options, rows = rows, by = by,
                               needs = needs, tolerance = tolerance)

for (kind in c("HC0", "HC1", "HC2", "HC3", "HC4")) {
    k <- hc(kind)
    question(kind, c(nums, k$options), k$rows(NULL, NULL), needs = "sandwich")
    question(paste(kind, "covariates"), c(nums, k$options, "-c", "c1,cf"),
             k$rows(c("c1", "cf"), NULL), needs = "sandwich")
    question(paste(kind, "weights"), c(nums, k$options, "-c", "c1", "-w", "w"),
             k$rows("c1", "w"), needs = "sandwich")
}
clusters <- function(names) function(fit, rows)
    sandwich::vcovCL(fit, cluster = rows[, names, drop = FALSE], type = "HC1")
groups_of <- function(names) function(rows)
    min(sapply(names, function(n) length(unique(rows[[n]])))) - 1
question("cluster", c(nums, "--se", "cluster", "--cluster", "cl", "-c", "c1,cf"),
         robust(c("c1", "cf"), NULL, clusters("cl"), groups_of("cl"), "cl"),
         needs = "sandwich")
question("cluster weights", c(nums, "--se", "cluster", "--cluster", "cl", "-w", "w"),
         robust(NULL, "w", clusters("cl"), groups_of("cl"), "cl"), needs = "sandwich")
question("two clusters", c(nums, "--se", "cluster", "--cluster", "cl,cl2", "-c", "c1"),
         robust("c1", NULL, clusters(c("cl", "cl2")), groups_of(c("cl", "cl2")),
                c("cl", "cl2")), needs = "sandwich")
newey <- function(lag, time) function(fit, rows) {
    by <- if (time) rows$time else seq_len(nrow(rows))
    sandwich::NeweyWest(fit, lag = lag, prewhite = FALSE, adjust = TRUE, order.by = by)
}
question("hac", c(nums, "--se", "hac", "--lag", "3", "-c", "c1"),
         robust("c1", NULL, newey(3, FALSE)), needs = "sandwich")
question("hac time", c(nums, "--se", "hac", "--lag", "2", "--time", "time", "-c", "c1,cf"),
         robust(c("c1", "cf"), NULL, newey(2, TRUE)), needs = "sandwich")
question("survey", c(nums, "--survey", "--strata", "stratum", "--psu", "psu", "-w", "w",
                     "-c", "c1", "--lonely", "adjust"), 
         function(d) { options(survey.lonely.psu = "adjust"); svy(d) }, needs = "survey")

question("factor", c("-x", "s4,k3", "--factor", "k3", "--columns", "+df1,+df,+partial_r2"),
         function(d) over_pairs(c("s4", "k3"), function(y, x)
             f_row(as_codes(d, "k3"), y, x, NULL)))
question("factor covariates", c("-x", "s4,k3", "--factor", "k3", "-c", "c1,cf",
                                "--columns", "+df1,+df,+partial_r2"),
         function(d) over_pairs(c("s4", "k3"), function(y, x)
             f_row(as_codes(d, "k3"), y, x, c("c1", "cf"))))
question("factor weights", c("-x", "s4", "-w", "w", "-c", "c1",
                             "--columns", "+df1,+df,+partial_r2"),
         function(d) over_pairs("s4", function(y, x) f_row(d, y, x, "c1", "w")))
question("two levels", c("-x", "s2", "-c", "c1"), function(d) over_pairs("s2",
    function(y, x) {
        at <- fit_of(d, y, x, "c1")
        s <- summary(at$fit)$coefficients["s2yes", ]
        data.frame(level = "yes", reference = "no", beta = s[[1]], se = s[[2]],
                   stat = s[[3]], p = s[[4]])
    }))
question("contrasts", c("-x", "s4,k3", "--factor", "k3", "-c", "c1", "--rows", "terms"),
         function(d) do.call(rbind, lapply(ys, function(y) do.call(rbind, lapply(
             c("s4", "k3"), function(x) cbind(y = y, x = x, level_rows(d, y, x, "c1")))))),
         by = c("y", "x", "term"))
question("interaction", c(nums, "--interact", "c1", "-c", "cf"),
         function(d) over_pairs(numeric_xs, function(y, x) {
             rows <- part_of(d, c(y, x, "c1", "cf"))
             s <- summary(lm(as.formula(paste(y, "~ cf +", x, "* c1")), rows))$coefficients
             s <- s[c(paste0(x, ":c1"), paste0("c1:", x))[c(paste0(x, ":c1"), paste0("c1:", x))
                                                         %in% rownames(s)], ]
             data.frame(n = nrow(rows), beta = s[[1]], se = s[[2]], stat = s[[3]], p = s[[4]])
         }))
f_of <- function(small, full) {
    a <- anova(small, full)
    data.frame(df1 = a$Df[2], stat = a$F[2], p = a$`Pr(>F)`[2])
}
question("interaction levels", c(nums, "--interact", "cf", "--columns", "+df1"),
         function(d) over_pairs(numeric_xs, function(y, x) {
             rows <- part_of(d, c(y, x, "cf"))
             f_of(lm(as.formula(paste(y, "~ cf +", x)), rows),
                  lm(as.formula(paste(y, "~ cf *", x)), rows))
         }))
question("interaction both", c(nums, "--interact", "c1", "--interact-test", "both",
                               "--columns", "+df1"),
         function(d) over_pairs(numeric_xs, function(y, x) {
             rows <- part_of(d, c(y, x, "c1"))
             f_of(lm(as.formula(paste(y, "~ c1")), rows),
                  lm(as.formula(paste(y, "~ c1 *", x)), rows))
         }))
question("poly", c("-x", "x1,x2,x3", "--poly", "3", "-c", "c1"),
         function(d) over_pairs(c("x1", "x2", "x3"), function(y, x) {
             rows <- part_of(d, c(y, x, "c1"))
             rows$.x <- rows[[x]] - mean(rows[[x]])
             s <- summary(lm(as.formula(paste(y, "~ c1 + .x + I(.x^2) + I(.x^3)")), rows))
             s <- s$coefficients["I(.x^3)", ]
             data.frame(beta = s[[1]], se = s[[2]], stat = s[[3]], p = s[[4]])
         }))
question("poly all", c("-x", "x1,x2,x3", "--poly", "2", "--poly-test", "all",
                       "--columns", "+df1"),
         function(d) over_pairs(c("x1", "x2", "x3"), function(y, x) {
             rows <- part_of(d, c(y, x))
             f_of(lm(as.formula(paste(y, "~ 1")), rows),
                  lm(as.formula(paste(y, "~ poly(", x, ", 2)")), rows))
         }))
question("groups", c(nums, "-g", "g", "-c", "c1"), function(d) do.call(rbind, lapply(
    sort(unique(d$g)), function(g) cbind(g = g, over_pairs(numeric_xs, function(y, x) {
        at <- fit_of(d[d$g == g, ], y, x, "c1")
        s <- summary(at$fit)$coefficients
        if (!x %in% rownames(s)) return(NULL)
        t_row(s[x, 1], s[x, 2]^2, at$fit$df.residual, nrow(at$rows))
    })))), by = c("g", "y", "x"))
for (method in c("FE", "DL"))
    question(paste("pooled", method),
             c(nums, "-g", "g", "--pool-groups", if (method == "FE") "fixed" else "random",
               "--columns", "+k,+tau2,+Q,+Q_p,+I2"),
             pooled(method), by = c("g", "y", "x"), needs = "metafor", tolerance = 1e-6)
question("sets", c(nums, "--model-set", "base: c1", "--model-set", "full: c1,c2,cf"),
         function(d) do.call(rbind, lapply(c("base", "full"), function(set) cbind(
             set = set, over_pairs(numeric_xs, function(y, x) {
                 at <- fit_of(d, y, x, if (set == "base") "c1" else c("c1", "c2", "cf"))
                 s <- summary(at$fit)$coefficients
                 t_row(s[x, 1], s[x, 2]^2, at$fit$df.residual, nrow(at$rows))
             })))), by = c("set", "y", "x"))
question("counts", c(nums, "-w", "count", "--weights-are", "counts", "-c", "c1"),
         function(d) over_pairs(numeric_xs, function(y, x) {
             many <- d[rep(seq_len(nrow(d)), d$count), ]
             at <- fit_of(many, y, x, "c1")
             s <- summary(at$fit)$coefficients
             t_row(s[x, 1], s[x, 2]^2, at$fit$df.residual, nrow(at$rows))
         }))
question("where", c(nums, "--where", "c2 >= 2 and (cf = 'u' or cf = 'v')"),
         function(d) slope_of(d[!is.na(d$c2) & d$c2 >= 2 & !is.na(d$cf) &
                                d$cf %in% c("u", "v"), ], NULL))
question("measures", c(nums, "-c", "c1,cf", "--columns", paste0("+", c(
    "adj_r2", "sigma", "f", "f_p", "loglik", "aic", "bic", "partial_r2", "r_low", "r_high",
    "std_beta", "dw", "bp_p", "leverage_max", "cooks_max", "mean_y", "sd_y", "mean_x",
    "sd_x", "vif"), collapse = ",")), measures, needs = c("lmtest", "car"))
question("spearman", c(nums, "-m", "spearman", "--columns", "+r"), rank_row("spearman"))
question("kendall", c(nums, "-m", "kendall", "--columns", "+r"), rank_row("kendall"))
question("partial spearman", c(nums, "-m", "spearman", "-c", "c1,c2", "--columns", "+r"),
         partial_rank)
present <- function(f) function(v) { v[!is.na(v)] <- f(v[!is.na(v)]); v }
winsor <- function(v) {
    q <- quantile(v, c(0.05, 0.95), na.rm = TRUE)
    pmin(pmax(v, q[[1]]), q[[2]])
}
transforms <- list(
    log = function(v) ifelse(v > 0, log(abs(v)), NA), sqrt = function(v) ifelse(v >= 0, sqrt(abs(v)), NA),
    log1p = function(v) ifelse(v > -1, log1p(pmax(v, -0.999)), NA), zscore = function(v) (v - mean(v, na.rm = TRUE)) / sd(v, na.rm = TRUE),
    center = function(v) v - mean(v, na.rm = TRUE), rank = present(rank),
    `rank-normal` = present(function(v) qnorm((rank(v) - 3 / 8) / (length(v) + 1 / 4))),
    `winsor:0.05` = winsor,
    `lag:2` = function(v) c(NA, NA, head(v, -2)), diff = function(v) c(NA, diff(v)))
for (name in names(transforms)) {
    q <- changed(name, transforms[[name]])
    question(name, q$options, q$rows)
}

# ---- the run ----------------------------------------------------------

set.seed(seed)
designs <- lapply(seq_len(rounds), function(i) design(if (i %% 2 == 0) 0 else 0.06))
for (name in names(questions)) {
    q <- questions[[name]]
    if (!is.null(asked) && !name %in% asked) next
    missing <- Filter(function(p) !has(p), q$needs)
    if (length(missing) > 0) {
        cat("SKIP:", name, "needs", missing, "\n")
        skipped <- skipped + 1
        next
    }
    before <- failed
    for (i in seq_along(designs)) {
        file <- file.path(folder, "data.csv")
        write.csv(designs[[i]], file, row.names = FALSE, quote = TRUE, na = "")
        theirs <- q$rows(designs[[i]])
        for (engine in c("exact", "auto"))
            compare(sprintf("%s, design %d, %s:", name, i, engine),
                    ask(file, c("-y", paste(ys, collapse = ","), q$options), engine),
                    theirs, q$by, q$tolerance)
    }
    cat(sprintf("%-24s %s\n", name, if (failed == before) "ok" else
                sprintf("%d failed", failed - before)))
}
unlink(folder, recursive = TRUE)
cat(sprintf("%d passed, %d failed, %d skipped\n", passed, failed, skipped))
quit(status = if (failed > 0) 1 else 0)
