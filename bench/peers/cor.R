# SPDX-License-Identifier: GPL-3.0-or-later
# usage: Rscript cor.R FILE NY NX all|P_MAX THREADS OUT [cor|crossprod|bh]
# The first NY columns on the next NX, as one does it in R when it must be fast:
# fread, all correlations at once, matrix formulas, fwrite. `cor` takes them by
# cor(), which uses no BLAS; `crossprod` (the default) by a product of the
# standardised columns, which does, with what threads OPENBLAS_NUM_THREADS says.
# With P_MAX only pairs with p < P_MAX are kept, by a threshold on |r|, in
# blocks of dependents that forked processes share (set OPENBLAS_NUM_THREADS=1).
# `bh` is `crossprod` with p.adjust's p. FILE may be two, joined by a comma: they
# are merged by their column id, the first has the dependents.
# `Rscript cor.R version` tells which R and which BLAS it is.
args <- commandArgs(TRUE)
if (args[1] == "version") {
    cat(R.version.string, ", BLAS ", sessionInfo()$BLAS, ", LAPACK ",
        La_library(), ", data.table ",
        as.character(packageVersion("data.table")), "\n", sep = "")
    quit()
}
suppressPackageStartupMessages({
    library(data.table)
    library(parallel)
})
ny <- as.integer(args[2])
nx <- as.integer(args[3])
p_max <- if (args[4] == "all") NULL else as.numeric(args[4])
threads <- as.integer(args[5])
out <- args[6]
way <- if (length(args) > 6) args[7] else "crossprod"
setDTthreads(threads)
options(matprod = "blas") # no search for NaN before each product

read <- function(file, ...) fread(file, header = TRUE, showProgress = FALSE, ...)
files <- strsplit(args[1], ",", fixed = TRUE)[[1]]
if (length(files) == 1) {
    table <- read(files, select = seq_len(ny + nx))
} else {
    table <- merge(read(files[1]), read(files[2]), by = "id")
    table[, id := NULL]
}
n <- nrow(table)
df <- n - 2
y_names <- names(table)[seq_len(ny)]
x_names <- names(table)[ny + seq_len(nx)]

# The columns `which` as a matrix with mean 0 and length 1 (or, for cor(), as
# they are), with their means and lengths before. Column by column, because
# temporary matrices cost more than the arithmetic.
columns <- function(which, standardise) {
    part <- unclass(table)[which]
    mean <- vapply(part, mean.default, 0, USE.NAMES = FALSE)
    length <- sqrt((n - 1) * vapply(part, var, 0, USE.NAMES = FALSE))
    m <- if (standardise)
        vapply(seq_along(part), function(j) (part[[j]] - mean[j]) / length[j],
               numeric(n))
    else
        vapply(part, function(v) v, numeric(n), USE.NAMES = FALSE)
    list(m = m, mean = mean, length = length)
}

# Rows of the result for the pairs (i, j) with correlations r.
result <- function(i, j, r) {
    ratio <- y$length[i] / x$length[j]
    beta <- r * ratio
    se <- ratio * sqrt((1 - r * r) / df)
    stat <- beta / se
    rows <- list(y = y_names[i], x = x_names[j], n = rep(n, length(r)),
                 intercept = y$mean[i] - beta * x$mean[j], beta = beta, se = se,
                 stat = stat, p = 2 * pt(-abs(stat), df), r2 = r * r)
    setDT(rows) # no copy; to share pt out over processes copies more than it gains
    rows
}

y <- columns(seq_len(ny), way != "cor")
x <- columns(ny + seq_len(nx), way != "cor")
rm(table)
if (is.null(p_max)) {
    r <- if (way == "cor") cor(x$m, y$m) else crossprod(x$m, y$m)
    rows <- result(rep(seq_len(ny), each = nx), rep(seq_len(nx), ny),
                   as.vector(r))
} else {
    t_critical <- qt(p_max / 2, df, lower.tail = FALSE)
    r_critical <- t_critical / sqrt(df + t_critical^2)
    blocks <- split(seq_len(ny), (seq_len(ny) - 1) %/% 512)
    hits <- mclapply(blocks, function(block) {
        r <- crossprod(x$m, y$m[, block, drop = FALSE])
        at <- which(abs(r) > r_critical)
        list(i = block[(at - 1) %/% nx + 1], j = (at - 1) %% nx + 1, r = r[at])
    }, mc.cores = threads)
    join <- function(field) unlist(lapply(hits, `[[`, field), use.names = FALSE)
    rows <- result(join("i"), join("j"), join("r"))
}
if (way == "bh") {
    rows[, p_bh := p.adjust(p, "BH")]
}
fwrite(rows, out, showProgress = FALSE)
