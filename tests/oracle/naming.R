# SPDX-License-Identifier: GPL-3.0-or-later
# Compares --naming with the tools themselves: their names in their order, and
# under each name their values. A tool that is not there is skipped.
#
# usage: Rscript naming.R REGSWEEP
#
# Prints a line a comparison and ends with `N passed, N failed, N skipped`.
program <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20261128)
passed <- failed <- skipped <- 0L

verdict <- function(name, good, detail = "") {
  good <- isTRUE(good)
  cat(if (good) "ok  " else "FAIL", name, if (good) "" else detail, "\n")
  if (good) passed <<- passed + 1L else failed <<- failed + 1L
}

skip <- function(name) {
  cat("SKIP:", name, "is not installed\n")
  skipped <<- skipped + 1L
}

there <- function(package) {
  found <- suppressMessages(requireNamespace(package, quietly = TRUE))
  if (!found) skip(package)
  found
}

ours <- function(d, ...) {
  input <- tempfile(fileext = ".csv")
  output <- tempfile(fileext = ".csv")
  write.csv(format(d, digits = 17, trim = TRUE), input, row.names = FALSE,
            quote = FALSE)
  status <- system2(program, c("run", "-q", input, "-o", output, ...))
  stopifnot(status == 0)
  out <- read.csv(output, check.names = FALSE)
  unlink(c(input, output))
  out
}

# Whether names stand in this order among those of a table.
in_order <- function(names, table) {
  at <- match(names, names(table))
  !anyNA(at) && all(diff(at) > 0)
}

# The largest relative difference of the columns that are called the same.
worst <- function(mine, theirs, names) {
  max(sapply(names, function(n) {
    max(abs(mine[[n]] - theirs[[n]]) / pmax(abs(theirs[[n]]), 1e-12))
  }))
}

same <- function(name, mine, theirs, names, most = 1e-9) {
  difference <- worst(mine, theirs, names)
  verdict(name, difference <= most, sprintf("worst %.2g", difference))
}

n <- 24
y <- paste0("g", 1:12)
x <- paste0("s", 1:3)
d <- as.data.frame(matrix(rnorm(n * 12), n, 12, dimnames = list(NULL, y)))
for (k in x) d[[k]] <- sample(0:2, n, TRUE)
d$c <- rnorm(n)
d$g1 <- d$g1 + d$s1
sweep_of <- c("-y", "g1:g12", "-x", "s1:s3", "-c", "c")

if (there("broom")) {
  m <- lm(g1 ~ s1 + c, d)
  theirs <- broom::tidy(m, conf.int = TRUE)
  mine <- ours(d, "-y", "g1", "-x", "s1", "-c", "c", "--naming", "broom", "--rows",
               "terms", "--columns", "+ci,+df,+aic,+bic,+loglik,+sigma,+adj_r2,+r2")
  tidy <- setdiff(names(theirs), c("term", "conf.low", "conf.high"))
  verdict("broom: order of tidy()", in_order(c("term", tidy), mine))
  same("broom: tidy()", mine, theirs, c(tidy, "conf.low", "conf.high"))
  glance <- as.data.frame(broom::glance(m))[c(1, 1, 1), ]
  same("broom: glance()", mine, glance,
       c("r.squared", "adj.r.squared", "sigma", "logLik", "AIC", "BIC",
         "df.residual", "nobs"))
}

if (there("limma")) {
  design <- model.matrix(~ s1 + c, d)
  fit <- limma::lmFit(t(as.matrix(d[y])), design)
  theirs <- limma::topTable(limma::eBayes(fit), coef = "s1", number = Inf,
                            sort.by = "none")
  mine <- ours(d, sweep_of, "--naming", "limma")
  verdict("limma: order of topTable()", in_order(c("ID", "logFC", "AveExpr"), mine))
  verdict("limma: no name of what is moderated",
          !any(c("t", "P.Value", "adj.P.Val", "B") %in% names(mine)))
  mine <- mine[mine$x == "s1", ]
  verdict("limma: ID", identical(mine$ID, rownames(theirs)))
  same("limma: topTable()", mine, theirs, c("logFC", "AveExpr"))
  same("limma: lmFit()", mine, unclass(fit)[c("sigma", "df.residual")],
       c("sigma", "df.residual"))
  # as regsweep-output(5) has it
  f <- methods::new("MArrayLM", with(mine, list(
    coefficients = cbind(s1 = logFC), stdev.unscaled = cbind(s1 = se / sigma),
    sigma = sigma, df.residual = df.residual, Amean = setNames(AveExpr, ID))))
  rownames(f$coefficients) <- mine$ID
  again <- limma::topTable(limma::eBayes(f), coef = "s1", number = Inf,
                           sort.by = "none")
  same("limma: eBayes() of our columns", again, theirs, names(theirs), 1e-7)
}

# regenie's test of a quantitative trait, from the model without x, as its
# source computes it: it is in no package.
mine <- ours(d, sweep_of, "--naming", "regenie")
verdict("regenie: order",
        in_order(c("ID", "N", "BETA", "SE", "CHISQ", "LOG10P"), mine))
theirs <- do.call(rbind, lapply(seq_len(nrow(mine)), function(i) {
  residual <- function(of) resid(lm(reformulate("c", of), d))
  of_y <- residual(mine$y[i])
  of_x <- residual(mine$ID[i])
  scaled <- of_y / sqrt(sum(of_y^2) / (n - 2))
  stat <- sum(of_x * scaled) / sqrt(sum(of_x^2))
  beta <- sum(of_x * of_y) / sum(of_x^2)
  data.frame(N = n, BETA = beta, SE = beta / stat, CHISQ = stat^2,
             LOG10P = -pchisq(stat^2, 1, lower.tail = FALSE, log.p = TRUE) / log(10))
}))
same("regenie: values", mine, theirs, names(theirs))
robust <- ours(d, sweep_of, "--naming", "regenie", "--se", "hc3", "--columns", "+score")
same("regenie: with robust errors", robust, theirs, names(theirs))

# Matrix eQTL is in no package either: its names are those of its file.
mine <- ours(d, sweep_of, "--naming", "matrixeqtl", "--adjust", "bh")
verdict("matrixeqtl: order",
        in_order(c("SNP", "gene", "beta", "t-stat", "p-value", "FDR"), mine))
theirs <- do.call(rbind, lapply(seq_len(nrow(mine)), function(i) {
  r <- coef(summary(lm(reformulate(c(mine$SNP[i], "c"), mine$gene[i]), d)))[2, ]
  data.frame(beta = r[1], `t-stat` = r[3], `p-value` = r[4], check.names = FALSE)
}))
theirs$FDR <- p.adjust(theirs$`p-value`, "BH")
same("matrixeqtl: values", mine, theirs, names(theirs))

if (!nzchar(Sys.which("plink2"))) {
  skip("plink2")
} else {
  here <- tempfile()
  genotype <- c("A A", "A C", "C C")
  people <- paste0("i", 1:n)
  writeLines(paste(people, people, 0, 0, 0, -9,
                   sapply(1:n, function(i) paste(genotype[unlist(d[i, x]) + 1],
                                                 collapse = " "))),
             paste0(here, ".ped"))
  writeLines(paste(1, x, 0, 1:3), paste0(here, ".map"))
  write.table(cbind(`#FID` = people, IID = people, format(d[c("g1", "c")], digits = 17)),
              paste0(here, ".pheno"), quote = FALSE, row.names = FALSE, sep = "\t")
  status <- system2("plink2", c(
    "--pedmap", here, "--pheno", paste0(here, ".pheno"), "--pheno-name", "g1",
    "--covar", paste0(here, ".pheno"), "--covar-name", "c", "--glm", "hide-covar",
    "cols=chrom,pos,ref,alt,a1count,test,nobs,beta,se,ci,tz,p,err", "--adjust",
    "--ci", "0.95", "--out", here), stdout = FALSE)
  theirs <- read.delim(paste0(here, ".g1.glm.linear"), check.names = FALSE)
  adjusted <- read.delim(paste0(here, ".g1.glm.linear.adjusted"), check.names = FALSE)
  adjusted <- adjusted[match(x, adjusted$ID), ]
  mine <- ours(d, "-y", "g1", "-x", "s1:s3", "-c", "c", "--naming", "plink",
               "--columns", "+ci", "--adjust", "bonferroni,holm,bh,by")
  signs <- ifelse(theirs$A1 == "C", 1, -1)
  for (column in c("BETA", "T_STAT")) theirs[[column]] <- signs * theirs[[column]]
  columns <- c("ID", "OBS_CT", "BETA", "SE", "T_STAT", "P")
  verdict("plink: order", status == 0 && in_order(columns, mine) &&
            in_order(columns, theirs))
  same("plink: --glm", mine, theirs, columns[-1], 1e-5)
  same("plink: --adjust", mine, adjusted, c("BONF", "HOLM", "FDR_BH", "FDR_BY"), 1e-5)
  verdict("plink: limits are by z there, and have our names here",
          all(abs(theirs$U95 - theirs$L95) < mine$CI_HIGH - mine$CI_LOW) &&
            !"L95" %in% names(mine))
}
cat(sprintf("%d passed, %d failed, %d skipped\n", passed, failed, skipped))
quit(status = failed > 0)
