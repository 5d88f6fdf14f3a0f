#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bootstrap intervals and permutation tests against R, on the same resamples
# and permutations. Needs Rscript with package boot (r-cran-boot) and the
# program build/$VARIANT/oracle/resampling; ends with the line
# `N passed, N failed, N skipped`.
set -u
cd "$(dirname "$0")/../.." || exit 1
export LC_ALL=C

driver=build/${VARIANT:-release}/oracle/resampling
if ! Rscript -e 'library(boot)' >/dev/null 2>&1; then
    echo "SKIP: Rscript with package boot is not installed (r-cran-boot)"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
if ! make -s "$driver" >/dev/null; then
    echo "FAIL: $driver cannot be built"
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if ! "$driver" "$work"; then
    echo "0 passed, 1 failed, 0 skipped"
    exit 1
fi
Rscript tests/oracle/resampling.R "$work"
