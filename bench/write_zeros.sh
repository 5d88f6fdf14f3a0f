#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: write_zeros.sh BYTES FILE [pipe|dd] - the seconds that so many zero
# bytes take to a new file: through a pipe from cat, or by dd in blocks of 1 MiB
# (the faster way). The file is removed again, which is not timed.
set -eu
bytes=$1 file=$2 way=${3:-pipe}

rm -f "$file"
begin=$EPOCHREALTIME
case $way in
pipe) { cat /dev/zero || true; } 2>/dev/null | head -c "$bytes" >"$file" ;;
dd) dd if=/dev/zero of="$file" bs=1M count="$bytes" iflag=count_bytes status=none ;;
*)
    echo "write_zeros.sh: unknown way '$way'" >&2
    exit 2
    ;;
esac
end=$EPOCHREALTIME
[ "$(stat -c %s "$file")" -eq "$bytes" ]
rm -f "$file"
echo "$begin $end" | awk '{printf "%.6f\n", $2 - $1}'
