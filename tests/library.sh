#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# libregsweep as others meet it: installed below a folder of its own, found by
# pkg-config, linked shared and static, and examples/embed.c run with it. Ends
# with `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/.." || exit 1
variant=${VARIANT:-release}
passed=0 failed=0 skipped=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
root=$scratch/root
export LC_ALL=C PKG_CONFIG_PATH=$root/lib/pkgconfig

case $variant in
release | debug) ;;
*) # would need the instruments in the program too
    echo "SKIP: the library: of variants release and debug only"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0 ;;
esac

verdict() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        cat "$scratch/log"
    fi
}

cat >"$scratch/want" <<'EOF'
height on age  n 11  beta   5.9950  p 4.14e-12  ok
height on shoe n 12  beta   4.1055  p 2.95e-11  ok
weight on age  n 11  beta   3.3453  p 1.94e-07  ok
weight on shoe n 12  beta   2.2961  p 8.24e-08  ok
4 pairs
EOF

says_so() { # PROGRAM...
    "$@" >"$scratch/got" 2>"$scratch/log" &&
        diff "$scratch/want" "$scratch/got" >>"$scratch/log" && [ ! -s "$scratch/log" ]
}

make -s --no-print-directory VARIANT="$variant" install PREFIX="$root" >"$scratch/log" 2>&1
verdict "make install" $?

# shellcheck disable=SC2046  # words, on purpose
cc -Wall -Wextra -Werror examples/embed.c $(pkg-config --cflags --libs regsweep) \
    -Wl,-rpath,"$root/lib" -o "$scratch/shared" 2>"$scratch/log" &&
    says_so "$scratch/shared"
verdict "embed.c with the shared library" $?

# shellcheck disable=SC2046
cc examples/embed.c $(pkg-config --cflags regsweep) "$root/lib/libregsweep.a" \
    $(pkg-config --static --libs regsweep | sed 's/-lregsweep//') \
    -o "$scratch/static" 2>"$scratch/log" &&
    says_so "$scratch/static" && ! ldd "$scratch/static" | grep libregsweep >"$scratch/log"
verdict "embed.c with the static library" $?

printf '#include <regsweep.h>\nint main() { return regsweep_version()[0] == 0; }\n' >"$scratch/a.cc"
# shellcheck disable=SC2046
c++ "$scratch/a.cc" $(pkg-config --cflags --libs regsweep) -Wl,-rpath,"$root/lib" \
    -o "$scratch/cc" 2>"$scratch/log" && "$scratch/cc"
verdict "a program in C++" $?

# In a locale of decimal commas settings are as ever, and the program's
# functions have its commas.
cat >"$scratch/comma.c" <<'EOF'
#include <locale.h>
#include <regsweep.h>
#include <stdio.h>
static int print_row(void *ctx, const struct regsweep_row *row)
{
    return printf("%s %.1f\n", regsweep_text(row, "x"), *(double *)ctx) < 0;
}
int main(void)
{
    const double y[] = {1, 3, 2, 5, 4, 6}, x[] = {1, 2, 3, 4, 5, 6};
    double half = 0.5;
    struct regsweep *run = NULL;
    if (setlocale(LC_ALL, "comma") == NULL || regsweep_new(&run))
        return 1;
    if (regsweep_set(run, "p-max", "0.5") || regsweep_set(run, "dependent", "y") ||
        regsweep_set(run, "transform", "winsor:0.05(x)") ||
        regsweep_set(run, "independent", "x") ||
        regsweep_add_column(run, "y", y, 6) || regsweep_add_column(run, "x", x, 6) ||
        regsweep_run(run, print_row, &half) || printf("%.1f\n", half) < 0)
        puts(regsweep_error(run));
    regsweep_free(run);
    return 0;
}
EOF
comma_says() {
    # shellcheck disable=SC2046
    cc -Wall -Wextra -Werror "$scratch/comma.c" $(pkg-config --cflags --libs regsweep) \
        -Wl,-rpath,"$root/lib" -o "$scratch/comma_program" 2>"$scratch/log" &&
        LOCPATH=$scratch "$scratch/comma_program" >"$scratch/log" 2>&1 &&
        [ "$(cat "$scratch/log")" = 'winsor:0.05(x) 0,5
0,5' ]
}
if localedef -i de_DE -f UTF-8 "$scratch/comma" >"$scratch/log" 2>&1; then
    comma_says
    verdict "in a locale of decimal commas" $?
else
    echo "SKIP: in a locale of decimal commas: localedef has none"
    skipped=$((skipped + 1))
fi

# Every function of the header, and nothing else.
sed -nE 's/^.*\<(regsweep_[a-z_]+)\(.*/\1/p' "$root/include/regsweep.h" |
    sort -u >"$scratch/declared"
nm -D --defined-only "$root/lib/libregsweep.so" | sed -nE 's/^.* T ([^@]*).*/\1/p' |
    sort >"$scratch/shown"
diff "$scratch/declared" "$scratch/shown" >"$scratch/log"
verdict "the shared library shows what its header declares" $?
sed -nE 's/^\.BI .*\<(regsweep_[a-z_]+)\(.*/\1/p' "$root/share/man/man3/libregsweep.3" |
    sort >"$scratch/described"
diff "$scratch/declared" "$scratch/described" >"$scratch/log"
verdict "libregsweep(3) has every function" $?
readelf -d "$root/lib/libregsweep.so" | grep -q 'SONAME.*\[libregsweep\.so\.0\]' 2>"$scratch/log"
verdict "its soname" $?

if command -v valgrind >/dev/null; then
    valgrind -q --error-exitcode=99 --leak-check=full "$scratch/shared" >/dev/null 2>"$scratch/log"
    verdict "embed.c under valgrind" $?
else
    echo "SKIP: embed.c under valgrind: there is none"
    skipped=$((skipped + 1))
fi

make -s --no-print-directory VARIANT="$variant" uninstall PREFIX="$root" >"$scratch/log" 2>&1
find "$root" ! -type d >>"$scratch/log"
[ ! -s "$scratch/log" ]
verdict "make uninstall leaves nothing" $?

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
