# SPDX-License-Identifier: GPL-3.0-or-later
# usage: Rscript fread.R FILE THREADS - seconds that data.table::fread takes,
# R's start and that of its threads not counted.
suppressPackageStartupMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
setDTthreads(as.integer(arguments[2]))
warm <- fread(text = "a,b\n1,2\n")
took <- system.time(table <- fread(arguments[1],
                                   nThread = as.integer(arguments[2]),
                                   showProgress = FALSE))[["elapsed"]]
stopifnot(all(vapply(table, is.numeric, TRUE)))
cat(took, "\n")
