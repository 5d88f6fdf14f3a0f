#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a reader should not have to look for: format, size and complexity of
# functions, layers, banned calls, notices. Prints what is wrong and ends with
# `N passed, N failed, 0 skipped`.
set -u
cd "$(dirname "$0")/../.." || exit 1
export LC_ALL=C
passed=0 failed=0
build=build/debug

verdict() { # NAME, reads the complaints from standard input
    local complaints
    complaints=$(cat)
    if [ -z "$complaints" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        printf 'LINT %s:\n%s\n' "$1" "$complaints"
    fi
}

mapfile -t sources < <(git ls-files -co --exclude-standard '*.c' '*.h' '*.cc' | sort)
mapfile -t scripts < <(git ls-files -co --exclude-standard '*.sh' .ci/run | sort)

check_format() {
    for file in "${sources[@]}"; do
        [ "$file" = tests/unit/tails_table.h ] ||
            clang-format --dry-run -Werror "$file" 2>&1 | head -n 3
    done
}
verdict "format (make format)" < <(check_format)

check_size() {
    pmccabe "${sources[@]}" 2>/dev/null |
        awk '$1 > 15 || $5 > 80 {print "complexity " $1 ", " $5 " lines: " $6, $7}'
    wc -l "${sources[@]}" |
        awk '$2 != "total" && $2 !~ /tails_table/ && $1 > 700 {print $1 " lines: " $2}'
}
verdict "functions of at most 80 lines and complexity 15, files of 700" < <(check_size)

check_layers() {
    local file header layer
    while IFS=: read -r file header; do
        layer=${file%%/*}
        for below in core io cmd; do
            [ -e "$below/$header" ] || continue
            case $layer:$below in
            core:core | io:core | io:io | cmd:*) ;;
            *) echo "$file includes $below/$header" ;;
            esac
        done
    done < <(grep -o '^#include "[^"]*"' core/* io/* cmd/* |
        sed 's/#include "\(.*\)"/\1/')
}
verdict "layers" < <(check_layers)

# core prints nothing, exits never, opens nothing, reads no environment;
# io prints nothing and exits never.
undefined() { # ARCHIVE NAMES
    nm -u "$1" 2>&1 | grep -E "No such file| ($2)(@.*)?\$"
}
verdict "core is silent" < <(undefined $build/libcore.a \
    'printf|fprintf|vprintf|vfprintf|puts|putchar|fputs|fputc|fwrite|perror|exit|abort|getenv|fopen|open|openat|system|setlocale|stdout|stderr')
verdict "io is silent" < <(undefined $build/libio.a \
    'printf|vprintf|puts|putchar|perror|exit|abort|getenv|system|setlocale|stdout|stderr')

verdict "banned functions" < <(
    grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok|setlocale|system|alloca)[[:space:]]*\(' \
        core/*.[ch] io/*.[ch] io/*.cc cmd/*.[ch])

# What no other file asks for, not even a test, should be static.
check_linkage() {
    comm -23 \
        <(find $build/core $build/io $build/cmd -name '*.o' -exec nm {} + |
            awk '$2 ~ /^[TDRB]$/ && $3 ~ /^rs_/ {print $3}' | sort -u) \
        <(find $build -name '*.o' -exec nm {} + |
            awk '$1 == "U" {print $2}' | sort -u)
}
verdict "functions of one file are static" < <(check_linkage)

check_notices() {
    for file in "${sources[@]}" "${scripts[@]}" Makefile; do
        grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' "$file" || echo "$file"
    done
}
verdict "licence notices" < <(check_notices)

verdict "unique file names" < <(
    printf '%s\n' "${sources[@]##*/}" | grep -v '^run.sh$' | sort | uniq -d)

verdict "no machine's paths, no loose ends" < <(
    git ls-files -co --exclude-standard | grep -v '^tests/lint/run.sh$' |
        xargs grep -nIE '/(home|media|mnt|opt|root|srv|work|Users)/|/tmp/[^/ X]+/|TODO|FIXME|[^X]XXX[^X]' -- | head)

verdict "shell scripts" < <(shellcheck -S warning "${scripts[@]}" 2>&1)

check_pages() {
    for page in $build/man/regsweep.1 $build/man/regsweep-output.5; do
        groff -t -man -ww -z "$page" 2>&1
    done
}
verdict "man pages" < <(check_pages)

# The CBLAS that GSL calls must be the optimised one.
check_blas() {
    ldd $build/regsweep | grep -q openblas || echo "OpenBLAS is not linked"
    ldd $build/regsweep | grep openblas | grep -q 'not found' && echo "OpenBLAS is not found"
    $build/regsweep --version -v | grep -q '^CBLAS: OpenBLAS' || echo "another CBLAS is bound"
}
verdict "CBLAS" < <(check_blas)

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
