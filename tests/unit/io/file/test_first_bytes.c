/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "first_bytes.h"
#include "run_suite.h"

#include <check.h>
#include <string.h>

/* The message of a file that begins so; "": it is taken for text. */
static const char *message(const char *bytes, size_t n, const char *path)
{
    static struct rs_error err;

    memset(&err, 0, sizeof err);
    if (rs_first_bytes_check(bytes, n, path, &err) == RS_OK)
        return "";
    ck_assert_int_eq(err.status, RS_ERR_MALFORMED);
    ck_assert_str_eq(err.file, path);
    return err.text;
}

#define MESSAGE(bytes, path) message(bytes, sizeof bytes - 1, path)

START_TEST(test_kinds)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *what;
    } files[] = {
#define FILE_OF(bytes, what) {bytes, sizeof bytes - 1, what}
        FILE_OF("PK\3\4....[Content_Types].xml", "an Excel workbook: "),
        FILE_OF("PK\3\4....d.csv", "a ZIP archive: "),
        FILE_OF("PAR1\x15\4\x15", "a Parquet file: "),
        FILE_OF("ARROW1\0\0", "an Arrow or Feather file: "),
        FILE_OF("\xff\xfe"
                "a\0,\0",
                "text in UTF-16: "),
        FILE_OF("a\0,\0b\0", "text in UTF-16: "),
        FILE_OF("\xff\xfe\0\0a\0\0\0", "text in UTF-32: "),
        FILE_OF("\xef\xbb\xbf \n<!DOCTYPE HTML>", "an HTML page: "),
        FILE_OF("{ \"a\": 1}", "JSON: "),
        FILE_OF("[ {\"a\": 1}]", "JSON: "),
        FILE_OF("%PDF-1.7\n", "a PDF document: "),
        FILE_OF("\x89HDF\r\n\x1a\n", "an HDF5 file, perhaps NetCDF-4: "),
        FILE_OF("CDF\1....", "a NetCDF file: "),
        FILE_OF("MM\0*....", "a TIFF image, perhaps GeoTIFF: "),
        FILE_OF("SQLite format 3\0", "an SQLite database: "),
        FILE_OF("\x6c\x1b\1\xff", "genotypes of PLINK: "),
        FILE_OF("................bgen", "genotypes in BGEN: "),
        FILE_OF("RDX3\nX\n\0\0\0\3", "an R workspace: "),
#undef FILE_OF
    };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const char *text = message(files[i].bytes, files[i].n, "f");
        ck_assert_msg(strncmp(text, files[i].what, strlen(files[i].what)) == 0,
                      "%s, not %s", text, files[i].what);
    }
}
END_TEST

/* What could begin a header, or is too short to tell. */
START_TEST(test_text)
{
    static const char *const texts[] = {"",
                                        "P",
                                        "PAR1,PAR2\n1,2\n",
                                        "ORC,x\n1,2\n",
                                        "[a],[b]\n",
                                        "{a},b\n",
                                        "GIF89a,b\n1,2\n",
                                        "x<html>\n1\n",
                                        "LZIP\n1\n2",
                                        "\xef\xbb\xbf"
                                        "a,b\n",
                                        "ustar\n1\n",
                                        "RDX3\n1\n",
                                        "MATLAB 5.0 MAT-file\n1\n",
                                        "a",
                                        "ab"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_str_eq(message(texts[i], strlen(texts[i]), "f"), "");
}
END_TEST

/* A cure has the names of the file where a shell takes them as they are. */
START_TEST(test_cures)
{
    static const char zip[] = "PK\3\4";
    char path[400] = "";

    ck_assert_str_eq(MESSAGE(zip, "d/x.zip"),
                     "a ZIP archive: unzip -p d/x.zip > d/x.csv");
    ck_assert_str_eq(MESSAGE(zip, "d.1/x"),
                     "a ZIP archive: unzip -p d.1/x > d.1/x.csv");
    ck_assert_str_eq(MESSAGE(zip, "x.csv"),
                     "a ZIP archive: unzip -p x.csv > x-text.csv");
    ck_assert_str_eq(MESSAGE(zip, "x.tar.gz"),
                     "a ZIP archive: unzip -p x.tar.gz > x.csv");
    ck_assert_str_eq(MESSAGE(zip, "-"),
                     "a ZIP archive: unzip -p FILE > FILE.csv");
    ck_assert_str_eq(MESSAGE(zip, "a b.zip"),
                     "a ZIP archive: unzip -p FILE > FILE.csv");
    memset(path, 'x', sizeof path - 1);
    ck_assert_str_eq(MESSAGE(zip, path),
                     "a ZIP archive: unzip -p FILE > FILE.csv");
    ck_assert_str_eq(MESSAGE("\x6c\x1b\1", "g/x.bed"),
                     "genotypes of PLINK: plink2 --bfile g/x --export A --out "
                     "g/x, and read g/x.raw");
}
END_TEST

static const struct suite_test tests[] = {
    {&test_kinds, 1},
    {&test_text, 1},
    {&test_cures, 1},
};
SUITE(first_bytes, tests)
