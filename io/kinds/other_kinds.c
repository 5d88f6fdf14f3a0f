/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "other_kinds.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* clang-format off */
#define ENDINGS(...) .endings = (const char *const[]){__VA_ARGS__, NULL}
static const struct rs_other_kind others[] = {
    {ENDINGS(".xlsx", ".xls", ".xlsm", ".xlsb"), "an Excel workbook", ".csv",
     "opens in Excel", .format = "excel where its decimal mark is a comma"},
    {ENDINGS(".tab"), "a table with tabs", ".tsv", "is one"},
    {ENDINGS(".ods", ".numbers"), "a spreadsheet", ".csv",
     "opens in one"},
    {ENDINGS(".json"), "one JSON text", ".jsonl",
     "has an object a row (jq -s . makes one text of them)"},
    {ENDINGS(".parquet", ".pq"), "Parquet", ".csv.zst",
     "and then duckdb -c \"copy (from '&') to '@'\""},
    {ENDINGS(".duckdb", ".ddb"), "a database of DuckDB", ".csv.zst",
     "and then duckdb '@' \"create table fits as from '&'\""},
    {ENDINGS(".feather", ".arrow", ".ipc"), "an Arrow table", ".csv",
     "and then Rscript -e \"arrow::write_feather(data.table::fread('&'), "
     "'@')\""},
    {ENDINGS(".rds", ".rdata", ".rda", ".qs", ".fst"), "a file of R", ".csv",
     "is read by data.table::fread('&')"},
    {ENDINGS(".pkl", ".pickle"), "a file of Python", ".csv",
     "is read by pandas.read_csv('&')"},
    {ENDINGS(".dta"), "a file of Stata", ".csv",
     "is read by: import delimited \"&\""},
    {ENDINGS(".sav", ".zsav", ".por"), "a file of SPSS", ".csv",
     "is read by GET DATA /TYPE=TXT, or File > Import Data"},
    {ENDINGS(".sas7bdat", ".xpt"), "a file of SAS", ".csv",
     "is read by PROC IMPORT DBMS=CSV"},
    {ENDINGS(".npz", ".mat", ".h5", ".hdf5", ".nc"),
     "a file of arrays", ".npy", "is a matrix of that number of all pairs",
     .column = "p"},
    {ENDINGS(".mdb", ".accdb"), "a database of Access", ".csv",
     "can be imported there"},
    {ENDINGS(".sql"), "a script of SQL", ".db",
     "is SQLite: sqlite3 '&' .dump > '@'"},
    {ENDINGS(".html", ".htm", ".pdf", ".docx", ".doc", ".tex", ".md", ".xml",
             ".yaml", ".yml"),
     "a document", ".csv", "has the rows"},
    {ENDINGS(".png", ".jpg", ".jpeg", ".svg", ".tif", ".tiff"), "a picture",
     ".csv", "has the numbers to draw"},
    {ENDINGS(".bz2", ".xz", ".lzma", ".lz4", ".z", ".br", ".zip", ".7z",
             ".rar", ".tar", ".tgz", ".tbz2", ".txz"),
     "packed in another way", ".zst", "is compressed, and so is .gz"},
};
/* clang-format on */

static const char *ending_of(const struct rs_other_kind *kind, const char *name,
                             size_t len)
{
    for (const char *const *at = kind->endings; *at != NULL; at++) {
        size_t n = strlen(*at);
        if (len > n && strncasecmp(name + len - n, *at, n) == 0)
            return *at;
    }
    return NULL;
}

const struct rs_other_kind *rs_other_kind_of(size_t *stem, const char *name,
                                             size_t len)
{
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *ending = ending_of(&others[i], name, len);
        if (ending == NULL)
            continue;
        *stem = len - strlen(ending);
        return &others[i];
    }
    return NULL;
}

void rs_other_kind_then(char *text, size_t cap,
                        const struct rs_other_kind *kind, const char *near,
                        const char *name)
{
    size_t used = 0;

    text[0] = '\0';
    for (const char *at = kind->then; *at != '\0' && used + 1 < cap; at++) {
        const char one[2] = {*at, '\0'};
        const char *put = *at == '&' ? near : *at == '@' ? name : one;
        (void)snprintf(text + used, cap - used, "%s", put);
        used += strlen(text + used);
    }
}
