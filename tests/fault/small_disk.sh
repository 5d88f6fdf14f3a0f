#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A disk, or a limit of a file's size, that is too small: the run fails, says
# why, and leaves whole rows, as many as it says. Packed files end with a whole
# piece.
. "$(dirname "$0")/lib.sh"
make_table 30 350 3

# What is left of FILE, as text; nothing when there is none.
text_of() { # FILE
    case $1 in
    *.gz.partial | *.gz) gzip -dc <"$1" ;;
    *.zst.partial | *.zst) zstd -dqc <"$1" ;;
    *) cat "$1" ;;
    esac
}

# Rows of a file that belong to the first pairs of all.
kept_of() { # PAIRS FILE
    head -n "$(($1 + 1))" order | awk -F, 'NR == FNR {seen[$1, $2]; next} FNR > 1 && ($1, $2) in seen' - "$2" | wc -l
}

# Announced pairs and rows that are there; the rest of the rows in REFERENCE
# begins where these end. A file packed anew at its end is no prefix as bytes.
check_left() { # NAME PARTIAL REFERENCE ROWS-OF-A-PAIR HEADER-LINES
    local pairs lines ok=1
    pairs=$(sed -n 's/^regsweep: \([0-9,]*\) of [0-9,]* pairs were written.*/\1/p' err | tr -d ,)
    pairs=${pairs:-0}
    if [ -e "$2" ]; then
        text_of "$2" >left || ok=0
        cmp -s -n "$(stat -c %s left)" left "$3" || ok=0
        [ ! -s left ] || [ -z "$(tail -c 1 left)" ] || ok=0
        lines=$(($(wc -l <left) - $5))
        [ "$4" = some ] || [ "$((pairs * $4))" -eq "$lines" ] || ok=0
        [ "$4" != some ] || [ ! -s order ] || [ "$(kept_of "$pairs" "$3")" -eq "$lines" ] || ok=0
    else
        lines=none
        [ "$pairs" -eq 0 ] || ok=0
    fi
    [ "$(cat status)" -eq 1 ] || ok=0
    grep -q "$(basename "${2%.partial}"): write failed after .*\(No space left\|File too large\)" err || ok=0
    some=$((some + (pairs > 0)))
    verdict "$1: exit status $(cat status), $pairs pairs, $lines lines: $(cat err)" $ok
}

some=0
small() { # FILE ROWS-OF-A-PAIR HEADER-LINES options: in all sizes
    local file=$1 rows=$2 header=$3 size
    shift 3
    regsweep run -q -f -y '*' -x '*' d.csv "$@" -o "ref.$file"
    text_of "ref.$file" >ref.text
    for size in 1 4 64 300 1500 5000; do
        [ $((size * 1024)) -lt "$(stat -c %s "ref.$file")" ] || break
        rm -f out.*
        (
            ulimit -f $size
            regsweep run -q -y '*' -x '*' d.csv "$@" -o "out.$file" 2>err
            echo $? >status
        )
        check_left "limit of $size KiB, $file $*" "out.$file.partial" ref.text "$rows" "$header"
        [ -n "$namespaces" ] || continue
        rm -rf disk
        mkdir disk
        unshare -rm bash -c '
            size=$1 file=$2
            shift 2
            mount -t tmpfs -o "size=${size}k" tmpfs disk || exit 77
            regsweep run -q -y "*" -x "*" d.csv "$@" -o "disk/out.$file" 2>err
            echo $? >status
            [ ! -e "disk/out.$file.partial" ] || cp "disk/out.$file.partial" .' - $size "$file" "$@"
        check_left "disk of $size KiB, $file $*" "out.$file.partial" ref.text "$rows" "$header"
    done
}

namespaces=yes
unshare -rm true 2>/dev/null || namespaces=
small csv 1 1 --columns y,x,beta,p
small jsonl 1 0 --columns y,x,beta,p
small csv 4 1 --rows terms -c c1,c2 -j 3
small csv.gz 1 1 --columns y,x,beta,p
small csv.zst 1 1 --columns y,x,beta,se,p -j 3
regsweep run -q -y '*' -x '*' d.csv --columns y,x --p-max 0.9999999999999 -o order
small csv.gz some 1 --columns y,x,beta,p --p-max 0.3
small csv.zst some 1 --p-max 0.02
small csv some 1 --columns y,x,p --r2-min 0.1
rm order
small csv some 1 --columns y,x,p --top 100000
verdict "some pairs were left" $((some > 0))
[ -n "$namespaces" ] || skip "no mount namespace to be had"
finish
