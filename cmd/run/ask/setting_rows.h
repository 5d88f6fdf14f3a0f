/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every setting, once: included with ROW, ALSO, SECTION and END defined, for
 * the fields of struct rs_settings and for the table. Parser, help, man page
 * and completions follow.
 *
 *     SECTION(field, heading)   in struct rs_settings; in help and man page
 *     ROW(kind, section, field, name, letter, argument, commands, preset,
 *         choices, least, most, help, man)      see struct rs_setting
 *     ALSO(...)   another row of a field that has one: for other commands
 *     END(field)
 */
/* clang-format off */
SECTION(selecting, "Selecting columns and rows")
ROW(LIST, selecting, dependent, "dependent", 'y', "COLS", SWEEPS, NULL, NULL, 0, 0,
    "columns to explain; may be given again",
    "Required where there is a FILE. See SELECTING COLUMNS in regsweep-run(1) for what COLS may be.")
ROW(LIST, selecting, independent, "independent", 'x', "COLS", SWEEPS, NULL, NULL, 0, 0,
    "columns to explain them by (default: every numeric column not used otherwise)",
    NULL)
ROW(LIST, selecting, covariates, "covariates", 'c', "COLS", SWEEPS, NULL, NULL, 0, 0,
    "columns that every model contains besides x",
    "A text column enters as categories: one coefficient for every level but the reference; see CATEGORIES in regsweep-models(7).")
ROW(LIST, selecting, described, "only", 0, "COLS", RS_CMD_DESCRIBE, NULL, NULL, 0, 0,
    "columns to describe (default: all)",
    NULL)
ROW(TEXT, selecting, pairs, "pairs", 0, "WHICH", SWEEPS, "all", "all|unique|matched|@FILE", 0, 0,
    "all (the default): every y with every x; unique: each pair of one list once; matched: first y with first x, and so on; @FILE: the pairs that FILE lists",
    "A column is never paired with itself, and a covariate takes part in no pair. FILE is a table of two columns, y and x; see LISTS OF PAIRS in regsweep-run(1).")
ROW(LIST, selecting, factors, "factor", 0, "COLS", SWEEPS, NULL, NULL, 0, 0,
    "covariates and independent columns whose numbers are codes of categories",
    "Equal numbers are one category, however written; see CATEGORIES in regsweep-models(7). A dependent column cannot be categories.")
ROW(LIST, selecting, refs, "ref", 0, "COL=LEVEL", SWEEPS, NULL, NULL, 0, 0,
    "reference level of a categorical column (default: the least level); may be given again",
    "The least level is the first in byte order, of a --factor of numbers the least number. See CATEGORIES in regsweep-models(7).")
ROW(COUNT, selecting, max_levels, "max-levels", 0, "N", SWEEPS, "50", NULL, 2, 1000000,
    "text that a pattern of -x brings is left out when it has more levels (default 50)",
    "A column that is asked for by name, or by --factor, may have any number of them.")
ROW(LIST, selecting, transforms, "transform", 0, "NAME(COLS)", RUN, NULL, NULL, 0, 0,
    "transform columns, as in 'log(gene_*)', wherever they are y, x or covariate; may be given again",
    "NAME is one of those under TRANSFORMS in regsweep-models(7), with its number where it takes one (winsor:0.05), COLS as after --covariates, or again NAME(COLS). Results call such a column NAME(COLUMN).")
ROW(LIST, selecting, where, "where", 0, "CONDITION", SWEEPS, NULL, NULL, 0, 0,
    "rows to keep, as in 'age >= 20'; may be given again: all have to hold",
    "See SELECTING ROWS in regsweep-run(1). The other rows are left out as if the file did not have them.")
ROW(LIST, selecting, weights, "weights", 'w', "COL", SWEEPS, NULL, NULL, 0, 0,
    "column of the rows' weights: weighted least squares",
    "Weights are used as they are, not rescaled. A row whose weight is 0 or missing is left out, as if its cells were missing; a negative weight is an error.")
ROW(LIST, selecting, weights_for, "weights-for", 0, "COLS=COL", SWEEPS, NULL, NULL, 0, 0,
    "weights of some columns' own, as in 'lab_*=w_*', where these are y or x; may be given again",
    "The * of COL stands for what the * of COLS took. Other pairs have the weights of --weights, if any; pairs whose y and x have different ones are refused.")
ROW(CHOICE, selecting, weights_are, "weights-are", 0, "WHAT", SWEEPS, NULL, "analytic|counts", 0, 0,
    "analytic (the default): weights say how exact a row is; counts: how many rows it stands for",
    "Counts are whole numbers. All is then as if each row stood there so often: n is the sum of the counts, and df, se, sigma and aic follow.")
ROW(LIST, selecting, groups, "group", 'g', "COLS", SWEEPS, NULL, NULL, 0, 0,
    "columns by whose levels rows are grouped: every pair is fitted in every group",
    "The result begins with these columns. See GROUPS in regsweep-models(7).")
ROW(CHOICE, selecting, pool_groups, "pool-groups", 0, "HOW", RUN, NULL, "none|fixed|random", 0, 0,
    "with --group: rows of each pair's slopes pooled over the groups, fixed or random (default none)",
    "Inverse variances; random adds the variance between groups by DerSimonian and Laird. See POOLED GROUPS in regsweep-models(7).")
END(selecting)

SECTION(modelling, "Model")
ROW(TEXT, modelling, model, "model", 'm', "MODEL", SWEEPS, "ols", NULL, 0, 0,
    "ols: least squares (the default); spearman, kendall: rank correlations",
    "See RANK CORRELATIONS in regsweep-models(7).")
ROW(TEXT, modelling, se, "se", 0, "KIND", SWEEPS, "classical", NULL, 0, 0,
    "standard errors: classical, hc0 to hc4, cluster or hac (default classical)",
    "See ROBUST STANDARD ERRORS in regsweep-models(7).")
ROW(LIST, modelling, cluster, "cluster", 0, "COL[,COL2]", SWEEPS, NULL, NULL, 0, 0,
    "with --se cluster or --bootstrap: rows with the same value belong together, by one column or two",
    "Text or numbers; a row without a value is left out of every fit. See ROBUST STANDARD ERRORS and PERMUTATIONS AND BOOTSTRAP in regsweep-models(7).")
ROW(COUNT, modelling, lag, "lag", 0, "L", SWEEPS, NULL, NULL, 0, 1000000000.0,
    "with --se hac: residuals of rows up to L apart may be correlated",
    NULL)
ROW(LIST, modelling, time, "time", 0, "COL", SWEEPS, NULL, NULL, 0, 0,
    "with --se hac: rows are in the order of COL, not in that of the file",
    "Numbers by value, text by bytes; rows of the same time are in the order of the file, and a row without one is left out of every fit.")
ROW(LIST, modelling, model_sets, "model-set", 0, "NAME:COLS", SWEEPS, NULL, NULL, 0, 0,
    "a named set of covariates, as in 'full: age,bmi', beside those of -c: every pair is fitted with each; to be given again",
    "The result has a column set. A pair whose x or y is a covariate of a set is left out of that set. See SETS OF COVARIATES in regsweep-models(7).")
ROW(FLAG, modelling, compare, "compare", 0, NULL, SWEEPS, NULL, NULL, 0, 0,
    "with --model-set: all sets on the rows that have the covariates of all, and columns d_beta and d_r2",
    NULL)
ROW(FLAG, modelling, survey, "survey", 0, NULL, SWEEPS, NULL, NULL, 0, 0,
    "errors of a survey whose PSUs are drawn within strata (give its --weights, too)",
    "See SURVEYS in regsweep-models(7).")
ROW(LIST, modelling, strata, "strata", 0, "COL", SWEEPS, NULL, NULL, 0, 0,
    "with --survey: the stratum of a row (default: there is one only)",
    NULL)
ROW(LIST, modelling, psu, "psu", 0, "COL", SWEEPS, NULL, NULL, 0, 0,
    "with --survey: the primary sampling unit of a row (default: each row is one)",
    "PSUs of the same name in different strata are different.")
ROW(CHOICE, modelling, lonely, "lonely", 0, "HOW", SWEEPS, NULL, "fail|remove|certainty|adjust|average", 0, 0,
    "with --survey: what is made of a stratum with a single PSU: fail (the default), remove, certainty, adjust, average",
    "As options(survey.lonely.psu) of R.")
ROW(LIST, modelling, interact, "interact", 0, "COL", SWEEPS, NULL, NULL, 0, 0,
    "x, COL and their product: the row tests whether the slope of x depends on COL",
    "COL is a covariate too, and x stands beside the product; numbers or categories. See INTERACTIONS AND POWERS in regsweep-models(7).")
ROW(CHOICE, modelling, interact_test, "interact-test", 0, "WHAT", SWEEPS, NULL, "product|both", 0, 0,
    "what is tested with --interact: the product (the default), or both, x and the product together",
    NULL)
ROW(COUNT, modelling, poly, "poly", 0, "D", SWEEPS, NULL, NULL, 2, 20,
    "x and its powers up to D: the row tests the highest",
    "See INTERACTIONS AND POWERS in regsweep-models(7).")
ROW(CHOICE, modelling, poly_test, "poly-test", 0, "WHAT", SWEEPS, NULL, "highest|all", 0, 0,
    "what is tested with --poly: the highest power (the default), or all together",
    NULL)
ROW(FLAG, modelling, no_intercept, "no-intercept", 0, NULL, SWEEPS, NULL, NULL, 0, 0,
    "fit through the origin",
    "r2 is then about zero, not about the mean, as R reports it.")
ROW(REAL, modelling, conf_level, "conf-level", 0, "LEVEL", SWEEPS, "0.95", NULL, 0, 1,
    "confidence level of ci_low and ci_high (default 0.95)",
    NULL)
END(modelling)

SECTION(missing, "Missing values")
ROW(LIST, missing, na, "na", 0, "STRINGS", ALL, NULL, NULL, 0, 0,
    "cells that mean missing, separated by commas (default: empty, NA, N/A, NaN, null, .); +STRINGS adds to them, COL=STRINGS is for one column; may be given again",
    "STRINGS replace the default; write a leading or double comma for the empty cell. A number means equal numbers in columns of numbers. See CELLS in regsweep-input(5).")
ROW(CHOICE, missing, policy, "missing", 0, "HOW", SWEEPS, NULL, "pairwise|listwise|mean|fail", 0, 0,
    "pairwise (the default): each fit on the rows that have its columns; listwise: only rows that have all columns used; mean: fill x alone, with its mean; fail: refuse",
    "Filling has a price: see MISSING VALUES in regsweep-models(7).")
ROW(COUNT, missing, min_n, "min-n", 0, "N", SWEEPS, NULL, NULL, 0, 9007199254740992.0,
    "pairs with fewer rows are not fitted (status n_too_small)",
    NULL)
END(missing)

SECTION(reading, "Reading")
ROW(CHAR, reading, delimiter, "delimiter", 'd', "CHAR", ALL, NULL, "blanks", 0, 0,
    "field separator: a character, or comma, tab, semicolon, pipe; blanks: runs of blanks (default: found from the first lines)",
    "With blanks, any blanks and tabs between fields are one separator, and those that begin or end a line are none, as in PLINK's files and printed tables; fields may be quoted. It is not found by itself.")
ROW(CHAR, reading, decimal, "decimal", 0, "CHAR", ALL, ".", NULL, 0, 0,
    "decimal mark of the input, . or , (default .)",
    "A decimal comma cannot be the delimiter too: where the first lines show no other, regsweep asks for one.")
ROW(CHOICE, reading, numbers, "numbers", 0, "HOW", ALL, NULL, "strict|loose", 0, 0,
    "strict (the default), or loose: 1,234.5 has a thousands separator, 12 % is 0.12, $5 is 5, (5) is -5",
    "What is a plain number stays that. See CELLS in regsweep-input(5).")
ROW(LIST, reading, truth, "truth", 0, "COLS", ALL, NULL, NULL, 0, 0,
    "columns whose TRUE and FALSE, T and F, yes and no, y and n, on and off are 1 and 0",
    "In any case; numbers are what they are.")
ROW(LIST, reading, dates, "dates", 0, "COLS", ALL, NULL, NULL, 0, 0,
    "columns of dates, as 2024-01-31, that are read as days since 1970-01-01",
    "With a time of day, as 2024-01-31T18:00, as parts of a day. See CELLS in regsweep-input(5).")
ROW(FLAG, reading, trailing_delimiter, "trailing-delimiter", 0, NULL, ALL, NULL, NULL, 0, 0,
    "a delimiter at the end of a line is no field: in the header, the data, or both",
    NULL)
ROW(COUNT, reading, skip, "skip", 0, "N", ALL, NULL, NULL, 1, 9007199254740992.0,
    "lines before the header that are not read, as titles; lines of the file, whatever is in them",
    NULL)
ROW(TEXT, reading, comment, "comment", 0, "TEXT", ALL, NULL, NULL, 0, 0,
    "lines that begin with TEXT are not read, as in --comment '#'",
    "Blanks before TEXT count for nothing; within quotes, and behind other fields, it is not looked for. Such lines are counted: messages name the lines of the file.")
ROW(TEXT, reading, row_names, "row-names", 0, "NAME", ALL, NULL, NULL, 0, 0,
    "the header lacks the name of the first column, as R writes it: it is NAME",
    NULL)
ROW(FLAG, reading, no_header, "no-header", 0, NULL, ALL, NULL, NULL, 0, 0,
    "the first record is data; columns are called V1, V2, ...",
    NULL)
ROW(FLAG, reading, transpose, "transpose", 0, NULL, ALL, NULL, NULL, 0, 0,
    "one variable a line: its name, then its value in each sample",
    "The header names the samples; several FILEs are joined by these names. See TRANSPOSED FILES in regsweep-input(5).")
ROW(LIST, reading, transposed, "transposed", 0, "FILE", RS_CMD_RUN | RS_CMD_DESCRIBE, NULL, NULL, 0, 0,
    "that FILE has one variable a line; may be given again",
    "A FILE that is not among the operands is read behind them. The others have one row a line, and are joined by --key with the names of the samples.")
ROW(TEXT, reading, name_column, "name-column", 0, "NAME", ALL, NULL, NULL, 0, 0,
    "transposed FILE: the field of the header that heads the variables' names (default: the first)",
    "The fields before it are passed over. PLINK's .traw and BED are known by their headers; see TRANSPOSED FILES in regsweep-input(5).")
ROW(COUNT, reading, leading, "leading", 0, "N", ALL, NULL, NULL, 1, 1000000,
    "transposed FILE: fields before the first sample (default: up to the variable's name)",
    NULL)
ROW(TEXT, reading, key, "key", 0, "COL", RS_CMD_RUN | RS_CMD_DESCRIBE, NULL, NULL, 0, 0,
    "column by whose text several FILEs are joined, or one for each, as in id=IID",
    "Where a single column is in all FILEs, it is the default. See SEVERAL FILES in regsweep-input(5).")
ROW(CHOICE, reading, key_as, "key-as", 0, "WHAT", RS_CMD_RUN | RS_CMD_DESCRIBE, NULL, "text|number|iid", 0, 0,
    "which keys are the same: text (the default), byte for byte; number: 01 and 1, too; iid: of a sample FID_IID, the IID",
    NULL)
ROW(FLAG, reading, no_labels, "no-labels", 0, NULL, ALL, NULL, NULL, 0, 0,
    "numbers for which a file of SPSS or Stata has words stay numbers",
    "Else a column all of whose cells have a value label is text, that of the labels. See FILES OF SAS, SPSS AND STATA in regsweep-input(5).")
END(reading)

SECTION(keeping, "Keeping")
ROW(REAL, keeping, p_max, "p-max", 0, "P", SWEEPS, "1", NULL, 0, 1,
    "write only pairs with p at most P",
    "All pairs are tested and counted, whatever is written. A perfect fit counts as p = 0; a pair without p is not written.")
ROW(REAL, keeping, r2_min, "r2-min", 0, "R", SWEEPS, NULL, NULL, 0, 1,
    "write only pairs with r2 of at least R",
    NULL)
ROW(REAL, keeping, partial_r2_min, "partial-r2-min", 0, "R", SWEEPS, NULL, NULL, 0, 1,
    "write only pairs with partial_r2 of at least R",
    NULL)
ROW(COUNT, keeping, top, "top", 0, "K", SWEEPS, NULL, NULL, 1, 100000000,
    "write only the K pairs of smallest p, in order of p",
    "Of pairs with equal p the one that comes first in the sweep is first. With --p-max, --r2-min or --partial-r2-min: the best of those.")
ROW(COUNT, keeping, top_per_y, "top-per-y", 0, "K", SWEEPS, NULL, NULL, 1, 1000000,
    "write only the K best pairs of every dependent column",
    "Memory grows by about 130 bytes for each of them.")
ROW(COUNT, keeping, top_per_x, "top-per-x", 0, "K", SWEEPS, NULL, NULL, 1, 1000000,
    "write only the K best pairs of every independent column",
    "Memory grows as with --top-per-y. Only one of the three --top options can be given.")
END(keeping)

SECTION(testing, "Multiple testing and resampling")
ROW(TEXT, testing, adjust, "adjust", 0, "METHODS", RUN, NULL, NULL, 0, 0,
    "columns of p adjusted for multiple testing: bonferroni, holm, hochberg, bh, by, storey",
    "A list, separated by commas. All valid tests of the family count, whatever is written. See MULTIPLE TESTING in regsweep-models(7).")
ROW(TEXT, testing, family, "family", 0, "WHICH", RUN, NULL, NULL, 0, 0,
    "the tests that are adjusted together: all (the default), or those of each y, x, group, set",
    "y or x, group and set may be joined: with group,y the tests of each y in each group are a family.")
ROW(REAL, testing, q_max, "q-max", 0, "Q", RUN, "1", NULL, 0, 1,
    "write only pairs whose adjusted p is at most Q",
    "By the last method of --adjust; without --adjust by bh, which is then added.")
ROW(COUNT, testing, test_memory, "test-memory", 0, "MIB", RUN, "1024", NULL, 1, 16777216,
    "memory for the p of all tests of --adjust (default 1024)",
    "16 bytes for each test. Where that is not enough, one family of all tests is adjusted by a fine histogram of p, and the summary says how far that may be off; families of y or x, or of very many groups, are refused.")
ROW(COUNT, testing, permute, "permute", 0, "B", RUN, NULL, NULL, 1, 1000000,
    "column p_perm: p adjusted by the largest statistics of B permutations",
    "Westfall and Young's max-T; with covariates by Freedman and Lane. Needs the same rows in all pairs: missing values are refused unless --missing says listwise, or mean, when rows that lack a dependent or covariate go.")
ROW(COUNT, testing, bootstrap, "bootstrap", 0, "B", RUN, NULL, NULL, 20, 1000000,
    "columns boot_low, boot_high, bca_low, bca_high: intervals of beta by B resamples",
    "For the pairs that are written, at the level of --conf-level.")
ROW(COUNT, testing, seed, "seed", 0, "S", RUN, "1", NULL, 0, 9007199254740992.0,
    "seed of the random numbers of --permute and --bootstrap (default 1)",
    "The same seed gives the same result, for any number of workers.")
ROW(FLAG, testing, m_eff, "m-eff", 0, NULL, RUN, NULL, NULL, 0, 0,
    "report the effective number of independent tests (Nyholt; Li and Ji)",
    NULL)
END(testing)

SECTION(writing, "Output")
ROW(TEXT, writing, output, "output", 'o', "FILE", RUN, NULL, NULL, 0, 0,
    "write to FILE, or to a database (default, or -: standard output)",
    "FILE grows as FILE.partial and takes its name when it is whole. A pipe or device that exists is written directly; of a symbolic link, the file that it leads to. An input is never replaced. See KINDS OF OUTPUT and FILES in regsweep-output(5).")
ALSO(TEXT, writing, output, "output", 'o', "PATH", BENCH, NULL, NULL, 0, 0,
    "write the rows to the file system of PATH (default: that of TMPDIR, or /tmp)",
    "A file without a name is made in the folder PATH, or in that of the file PATH, which is left alone. A pipe or device that exists is written directly.")
ROW(CHOICE, writing, format, "format", 0, "FORMAT", RUN, NULL, RS_OUTPUT_FORMATS("auto|", "|", "|"), 0, 0,
    "kind of output: " RS_OUTPUT_FORMATS("", ", ", " or ") " (default: by the name of FILE, else csv)",
    "excel: CSV with semicolons, decimal commas and a byte order mark, as Excel opens it where the decimal mark is a comma; regsweep reads it with -d ';' --decimal ,.")
ALSO(CHOICE, writing, format, "format", 0, "FORMAT", BENCH, NULL, "auto|csv|tsv", 0, 0,
    "auto: a table for people; csv, tsv: for programs",
    NULL)
ALSO(CHOICE, writing, format, "format", 0, "FORMAT", RS_CMD_DESCRIBE, NULL, "auto|csv|tsv|jsonl", 0, 0,
    "auto: a table for people; csv, tsv, jsonl: all facts, for programs",
    "See FIELDS FOR PROGRAMS in regsweep-describe(1).")
ROW(FLAG, writing, bom, "bom", 0, NULL, RUN, NULL, NULL, 0, 0,
    "a UTF-8 byte order mark before CSV and TSV",
    "For programs that take text without one for another encoding. Excel's (--format excel) has it anyway.")
ROW(TEXT, writing, table, "table", 0, "NAME", RUN, NULL, NULL, 0, 0,
    "table of a database (default fits; NAME_terms and NAME_runs go with it)",
    NULL)
ROW(FLAG, writing, append, "append", 0, NULL, RUN, NULL, NULL, 0, 0,
    "add a run to the tables of a database that exist",
    NULL)
ROW(TEXT, writing, note, "note", 0, "TEXT", RUN, NULL, NULL, 0, 0,
    "a remark that a database keeps with the run, and --log",
    NULL)
ROW(CHOICE, writing, rows, "rows", 0, "WHICH", RUN, NULL, "pairs|terms|both", 0, 0,
    "pairs (the default): one row per pair; terms: one per coefficient; both: two tables of a database",
    "See ROWS OF TERMS in regsweep-output(5).")
ROW(FLAG, writing, reference_rows, "reference-rows", 0, NULL, RUN, NULL, NULL, 0, 0,
    "with --rows terms: a row for the reference level of a categorical x, too",
    "Its beta is 0, by definition; n_level and mean_level are its own.")
ROW(CHOICE, writing, contrasts, "contrasts", 0, "METHOD", RUN, NULL, "none|tukey|holm", 0, 0,
    "with --rows terms: all differences of the levels of an x tested by F, with p by tukey or holm",
    "See ROWS OF TERMS in regsweep-output(5).")
ROW(TEXT, writing, columns, "columns", 0, "SET", SWEEPS, NULL, NULL, 0, 0,
    "result columns: a list (y,x,p), or changes to the default (+ci,+df,-r2; +effect, +fit, +diagnostics)",
    "ci, effect, fit, diagnostics and others stand for several columns, all for the usual ones. See regsweep-output(5).")
ROW(CHOICE, writing, naming, "naming", 0, "STYLE", RUN, NULL, RS_NAMING_WORDS, 0, 0,
    "result columns as other tools have them: broom, plink, limma, matrixeqtl, regenie, statsmodels or fixest (default regsweep)",
    "A column whose values such a tool defines in another way keeps our name, and --columns takes ours. See OTHER TOOLS in regsweep-output(5).")
ROW(COUNT, writing, digits, "digits", 0, "N", SWEEPS, NULL, NULL, 1, 17,
    "significant digits (default: the shortest text that reads back to the same number)",
    NULL)
ROW(FLAG, writing, force, "force", 'f', NULL, RUN, NULL, NULL, 0, 0,
    "replace FILE if it exists; of a database, the tables",
    NULL)
ROW(FLAG, writing, durable, "durable", 0, NULL, SWEEPS, NULL, NULL, 0, 0,
    "success means the file is on the disk (fsync of file and folder)",
    NULL)
END(writing)

SECTION(running, "Running")
ROW(TEXT, running, size, "size", 0, "ROWS,Y,X", BENCH, NULL, NULL, 0, 0,
    "rows, dependent and independent columns of the table that is made up when there is no FILE (default 1000,1000,1000)",
    NULL)
ROW(COUNT, running, jobs, "jobs", 'j', "N", ALL, NULL, NULL, 1, 4096,
    "worker processes (default: the CPUs this process may use)",
    "The default respects CPU affinity and cgroup quota. The result is the same for any N, byte for byte.")
ROW(CHOICE, running, engine, "engine", 0, "WHICH", SWEEPS, NULL, "auto|exact", 0, 0,
    "auto (the default): whole tiles at once where the model allows it; exact: every pair by itself",
    "Both give the same numbers to 1e-10 relative or better; auto is many times faster.")
ROW(COUNT, running, verify, "verify", 0, "N", RUN, NULL, NULL, 1, 1000000000,
    "fit N random pairs again by the exact engine at the end and report the largest difference",
    "A difference above 1e-10, of p above 1e-12 (times the condition of ln p in t, |d ln p / d ln t|, where that is above 1), "
    "makes the run fail (exit status 1).")
ROW(FLAG, running, dry_run, "dry-run", 'n', NULL, RUN, NULL, NULL, 0, 0,
    "say what would be done (columns, pairs, memory, output, time) and stop",
    "See THE PLAN OF A RUN in regsweep-run(1).")
ROW(CHOICE, running, progress, "progress", 0, "WHEN", SWEEPS, NULL, "auto|always|never", 0, 0,
    "progress on standard error (auto: on a terminal only)",
    NULL)
ROW(FLAG, running, timings, "timings", 0, NULL, RUN, NULL, NULL, 0, 0,
    "add the time by stage to the summary",
    NULL)
END(running)

SECTION(informing, "Information")
ROW(FLAG, informing, summary, "summary", 0, NULL, RUN, NULL, NULL, 0, 0,
    "a table on standard error at the end: tests, thresholds, lambda, the ten best pairs",
    "Printed with --quiet, too. See THE SUMMARY TABLE in regsweep-run(1).")
ROW(TEXT, informing, log, "log", 0, "FILE", RUN, NULL, NULL, 0, 0,
    "write what a database notes of a run to FILE, also when it fails",
    "Command line, versions, hash of the input, counts, notes, warnings, times: a line for each. See THE LOG OF A RUN in regsweep-output(5).")
ROW(FLAG, informing, quiet, "quiet", 'q', NULL, ALL, NULL, NULL, 0, 0,
    "no summary, no notes, no warnings; errors only",
    NULL)
ROW(FLAG, informing, no_notes, "no-notes", 0, NULL, RUN, NULL, NULL, 0, 0,
    "no notes of what was done; the summary and warnings stay",
    "See NOTES AND WARNINGS in regsweep-run(1).")
ROW(FLAG, informing, strict, "strict", 0, NULL, RUN, NULL, NULL, 0, 0,
    "warnings are errors",
    "What is known before the sweep ends the run before there is any output; what is known "
    "of its results alone leaves the output whole. The exit status is 3 in both cases. See "
    "NOTES AND WARNINGS.")
ROW(FLAG, informing, verbose, "verbose", 'v', NULL, ALL, NULL, NULL, 0, 0,
    "more notes; with --version, the libraries in use",
    NULL)
ROW(FLAG, informing, help, "help", 'h', NULL, ALL, NULL, NULL, 0, 0,
    "print this help and stop",
    NULL)
ROW(FLAG, informing, version, "version", 'V', NULL, ALL, NULL, NULL, 0, 0,
    "print the version and stop",
    NULL)
END(informing)
/* clang-format on */
