#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a reader should not have to look for: format, size and complexity of
# functions, rooms, banned calls, notices. Prints what is wrong and ends with
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
        [[ $file == */tails_table.h ]] ||
            clang-format --dry-run -Werror "$file" 2>&1 | head -n 3
    done
}
verdict "format (make format)" < <(check_format)

# CommentPragmas in .clang-format keeps clang-format off them.
check_rules() {
    awk '/^ *\/\* ?---/ && (length != 72 || !/^\/\* ---- .* --+ \*\/$/) {
        print FILENAME ":" FNR ": " $0}' "${sources[@]}"
}
verdict "section rules of 72 columns" < <(check_rules)

check_size() {
    pmccabe "${sources[@]}" 2>/dev/null |
        awk '$1 > 15 || $5 > 80 {print "complexity " $1 ", " $5 " lines: " $6, $7}'
    wc -l "${sources[@]}" |
        awk '$2 != "total" && $2 !~ /tails_table/ && $1 > 700 {print $1 " lines: " $2}'
}
verdict "functions of at most 80 lines and complexity 15, files of 700" < <(check_size)

# A kernel's arguments are those of a product of matrices, in registers.
verdict "functions of at most seven parameters" < <(
    python3 tests/lint/parameters.py "${sources[@]}" | grep -v '^core/math/kernel\.c: \(product\|single\)_')

# The law of the Makefile: what is no room is not compiled, and an include that
# is not allowed does not compile. The rest is looked at here.
mapfile -t ours < <(printf '%s\n' "${sources[@]}" | grep -E '^(core|io|cmd)/')
mapfile -t objects < <(printf "%s\n" "${ours[@]}" | grep -v /library_static |
    sed -nE "s|^(.*)\.cc?$|$build/\1.o|p")
make -s --no-print-directory rooms >$build/rooms

check_rooms() {
    comm -13 <(cut -d: -f1 $build/rooms | sort) <(printf '%s\n' "${ours[@]%/*}" | sort -u) |
        sed 's/$/ has no line in the Makefile/'
    cut -d: -f1 $build/rooms | while read -r room; do
        [ -e "$room/README.md" ] || echo "$room has no README.md"
    done
}
verdict "rooms" < <(check_rooms)

# A header for some files of a room is for no others, but for their tests.
check_private() {
    local file header folder
    while IFS=: read -r file header; do
        folder=${file%/*}
        [ -e "${folder#tests/unit/}/$header" ] || echo "$file includes $header"
    done < <(grep -oE '^#include "[^"]*_(shared|internal)\.h"' "${sources[@]}" |
        sed 's/#include "\(.*\)"/\1/')
}
verdict "private headers" < <(check_private)

# A call needs no include where someone declares it by hand.
check_calls() {
    nm -A "${objects[@]}" | sed "s|^$build/||; s|/[^/]*:| |" | awk -v rooms=$build/rooms '
        BEGIN {
            while ((getline line <rooms) > 0) {
                n = split(line, words, /:? +/)
                for (i = 1; i <= n; i++) may[words[1], words[i]] = 1
            }
        }
        NF == 4 && $3 ~ /^[A-TV-Z]$/ {home[$4] = $1}
        NF == 3 && $2 == "U" {asks[$1, $3] = 1}
        END {
            for (ask in asks) {
                split(ask, words, SUBSEP)
                if (words[2] in home && !((words[1], home[words[2]]) in may))
                    print words[1] " calls " words[2] " of " home[words[2]]
            }
        }'
}
verdict "calls between rooms" < <(check_calls)

# core prints nothing, exits never, opens nothing, reads no environment;
# io and a run print nothing and exit never.
undefined() { # ARCHIVE NAMES
    nm -u "$1" 2>&1 | grep -E "No such file| ($2)(@.*)?\$"
}
verdict "core is silent" < <(undefined $build/libcore.a \
    'printf|fprintf|vprintf|vfprintf|puts|putchar|fputs|fputc|fwrite|perror|exit|abort|getenv|fopen|open|openat|system|setlocale|stdout|stderr')
verdict "io is silent" < <(undefined $build/libio.a \
    'printf|vprintf|puts|putchar|perror|exit|abort|getenv|system|setlocale|stdout|stderr')

verdict "a run is silent" < <(undefined $build/librun.a \
    'printf|fprintf|vprintf|vfprintf|puts|putchar|fputs|fputc|fwrite|perror|exit|abort|system|setlocale|stdout|stderr')

# A run is somebody else's guest: signals are the process's own. The pool sets
# those of its workers, and waits for them.
check_signals() {
    nm -A $build/librun.a $build/libio.a $build/libcore.a |
        grep -E ' U (signal|sigaction|sigprocmask|pthread_sigmask|sigaltstack|raise|kill|alarm|setitimer|timer_create)(@.*)?$' |
        grep -vE ':pool(_[a-z]+)?\.o:'
}
verdict "no signals in a run" < <(check_signals)

# Two runs in two threads meet nowhere but, under a lock, in the table of a
# loaded library and in what numerics.h says.
check_globals() {
    objdump -t $build/librun.a $build/libio.a $build/libcore.a |
        awk '/file format/ {file = $1}
            $0 ~ / O .*\.(data|bss|tdata|tbss)[ \t]/ && file !~ /^(pg_library|numerics)\.o/ {print file " " $NF}'
}
verdict "no mutable globals in a run" < <(check_globals)

verdict "banned functions" < <(
    grep -nE '\b(strcpy|strcat|sprintf|vsprintf|gets|atoi|atol|atof|strtok|setlocale|system|alloca)[[:space:]]*\(' \
        "${ours[@]}")

# Messages name settings, {force}; how these are written is cmd/say's affair.
verdict "no options in messages" < <(
    grep -nE '"[^"]*--[a-z]' "${ours[@]}" |
        grep -E '^(core|io|cmd/run)/' | grep -vE '^(cmd/run/ask/setting|io/file/first_bytes)_rows.h:') # the latter's are other programs'

# What a file includes leads back to neither it nor its header.
verdict "no circles of files" < <(python3 tests/lint/circles.py "${ours[@]}")

# What no other file asks for, not even a test, should be static.
check_linkage() {
    comm -23 \
        <(nm "${objects[@]}" |
            awk '$2 ~ /^[TDRB]$/ && $3 ~ /^rs_/ {print $3}' | sort -u) \
        <(find $build -name '*.o' -exec nm {} + |
            awk '$1 == "U" {print $2}' | sort -u)
}
verdict "functions of one file are static" < <(check_linkage)

mapfile -t everything < <(git ls-files -co --exclude-standard | sort)
verdict "names in documents and comments" < <(python3 tests/lint/names.py "${everything[@]}")

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
    local version pages
    version=$(sed -n 's/^.define RS_VERSION "\(.*\)"/\1/p' cmd/run/version_number.h)
    mapfile -t pages < <(find man $build/man -name '*.[1-9]' | sort)
    python3 tests/lint/pages.py "$version" "${pages[@]}"
    mandoc -Tlint -W warning "${pages[@]}"
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
