# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by the fault scripts: a table, its reference result, and counting.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
PATH=$PWD/build/${VARIANT:-release}:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
export LC_ALL=C
passed=0 failed=0 skipped=0

make_table() { # ROWS COLUMNS SEED
    awk -v n="$1" -v k="$2" -v seed="$3" 'BEGIN {
        srand(seed)
        for (j = 1; j <= k; j++) printf "c%d%s", j, j < k ? "," : "\n"
        for (i = 0; i < n; i++)
            for (j = 1; j <= k; j++) printf "%.6f%s", rand(), j < k ? "," : "\n"
    }' >d.csv
}

verdict() { # NAME OK(0/1)
    if [ "$2" -eq 1 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
    fi
}

# The output is the reference, or nothing bears its name and what there is of
# it is a prefix of the reference, up to one torn last line.
is_prefix() { # FILE [REFERENCE]
    local size
    size=$(stat -c %s "$1")
    cmp -s -n "$size" "$1" "${2:-ref.csv}"
}

skip() { # REASON: the script cannot run here
    echo "SKIP: $1"
    skipped=1
    finish
    exit
}

finish() {
    echo "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" -eq 0 ]
}
