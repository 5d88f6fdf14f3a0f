#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Run by conda build: PREFIX is its folder, and CC, CXX, AR its compilers.
set -eu
deps=$PWD/deps
"$CC" -O2 -fPIC -c deps/libcsv/libcsv.c -I deps/libcsv -o deps/libcsv.o
"$AR" rcs deps/libcsv.a deps/libcsv.o
make -j"${CPU_COUNT:-1}" PREFIX="$PREFIX" \
    CPPFLAGS="-I$PREFIX/include -I$deps/libcsv ${CPPFLAGS:-}" \
    LDFLAGS="-L$PREFIX/lib -L$deps -Wl,-rpath,$PREFIX/lib ${LDFLAGS:-}" \
    BLAS_LIBS=-lopenblas DRAGONBOX_CFLAGS="-isystem $deps/dragonbox/include" \
    install
