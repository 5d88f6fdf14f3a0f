# SPDX-License-Identifier: GPL-3.0-or-later
# usage: Rscript resampling.R DIRECTORY - holds the cases that `resampling`
# wrote against R: boot.ci() of package boot on slopes of lm() over the same
# resamples, and a loop of lm() over the same permutations. Ends with
# `N passed, N failed, N skipped`.
suppressMessages(library(boot))
dir <- commandArgs(TRUE)[1]
passed <- 0
failed <- 0

check <- function(name, got, expected, tolerance) {
    ok <- length(got) == length(expected) && !anyNA(expected) && !anyNA(got) &&
        all(abs(got - expected) <= tolerance * max(abs(expected)))
    if (ok) {
        passed <<- passed + 1
    } else {
        failed <<- failed + 1
        cat("FAIL ", name, ": ", paste(format(got, digits = 17), collapse = " "),
            "\n  R: ", paste(format(expected, digits = 17), collapse = " "),
            "\n", sep = "")
    }
}

# The model's columns of a table, what is tested the last of them.
design <- function(data, about, x) {
    n_before <- about$n_y + about$n_x
    m <- as.matrix(data[, c(n_before + seq_len(about$n_z), x), drop = FALSE])
    if (about$poly > 1) m <- cbind(m, outer(data[, x], 2:about$poly, "^"))
    if (about$interact) m <- cbind(m, data[, x] * data[, n_before + about$n_z])
    if (about$intercept) cbind(1, m) else m
}

fit <- function(m, y, w) lm.wfit(m, y, w)

slope <- function(m, y, w) {
    b <- fit(m, y, w)$coefficients
    b[[length(b)]]
}

t_of <- function(m, y) {
    f <- lm.fit(m, y)
    k <- ncol(m)
    s2 <- sum(f$residuals^2) / f$df.residual
    f$coefficients[[k]] / sqrt(s2 * chol2inv(f$qr$qr[seq_len(k), seq_len(k), drop = FALSE])[k, k])
}

check_bootstrap <- function(name, data, about, rows, out) {
    weights <- 3 + about$n_z
    used <- c(seq_len(2 + about$n_z), if (about$weighted) weights)
    data <- data[complete.cases(data[, used]), ]
    w <- if (about$weighted) data[, weights] else rep(1, nrow(data))
    m <- design(data, about, 2)
    units <- if (about$n_clusters > 0) {
        clusters <- data[, weights + 1]
        lapply(unique(clusters), function(g) which(clusters == g))
    } else {
        as.list(seq_len(nrow(data)))
    }
    statistic <- function(d, u) {
        i <- unlist(units[u])
        slope(m[i, , drop = FALSE], data[i, 1], w[i])
    }
    u <- data.frame(unit = seq_along(units))
    b <- boot(u, statistic, R = nrow(rows))
    b$t <- matrix(apply(rows, 1, function(i) statistic(u, i)))
    check(paste(name, "resamples"), out[5], sum(is.finite(b$t)), 0)
    ci <- boot.ci(b, conf = 0.95, type = c("perc", "bca"),
                  L = empinf(b, type = "jack"))
    check(paste(name, "percentile"), out[1:2], ci$percent[4:5], 1e-10)
    check(paste(name, "bca"), out[3:4], ci$bca[4:5], 1e-10)
}

check_permute <- function(name, data, about, rows, out) {
    pairs <- as.matrix(expand.grid(x = seq_len(about$n_x), y = seq_len(about$n_y)))
    statistics <- function(order) {
        apply(pairs, 1, function(p) {
            m <- design(data, about, about$n_y + p[["x"]])
            z <- m[, -ncol(m), drop = FALSE]
            y <- data[, p[["y"]]]
            if (ncol(z) > 0) {
                f <- lm.fit(z, y)
                y <- f$fitted.values + f$residuals[order]
            } else {
                y <- y[order]
            }
            abs(t_of(m, y))
        })
    }
    observed <- statistics(seq_len(nrow(data)))
    maxima <- apply(rows, 1, function(order) max(statistics(order)))
    p <- sapply(observed, function(t) (1 + sum(maxima >= t)) / (1 + length(maxima)))
    check(name, out, p, 1e-14)
}

for (number in seq_along(list.files(dir, "\\.txt$"))) {
    path <- function(end) file.path(dir, paste(number, end, sep = "."))
    about <- read.table(path("txt"), col.names = c("kind", "n_y", "n_x", "n_z",
                                                   "intercept", "weighted",
                                                   "n_clusters", "poly",
                                                   "interact"))
    data <- read.csv(path("csv"))
    rows <- as.matrix(read.table(path("rows")))
    out <- as.matrix(read.table(path("out")))
    name <- paste("case", number, about$kind)
    if (about$kind == "bootstrap") {
        check_bootstrap(name, data, about, rows, as.numeric(out))
    } else {
        check_permute(name, data, about, rows, as.numeric(out[, 3]))
    }
}
cat(passed, " passed, ", failed, " failed, 0 skipped\n", sep = "")
quit(status = failed > 0)
