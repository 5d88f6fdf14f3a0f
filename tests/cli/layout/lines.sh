#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Messages name the lines and fields of the file, whatever is left out of it.
fits() { regsweep run -y b -x a --columns y,x,n,beta -o - -q "$@"; }
printf 'a title, "so\r\n\r\n# no "record\r\na;b;\r\n1;2;\r\n \t# 5" more\r\n2;4.5;\n\n3;6;\r4;x;' >d.csv
fits --skip 1 --comment '#' --trailing-delimiter d.csv
fits --skip 1 --comment '#' --trailing-delimiter --na x d.csv
printf '# of blanks\n a  b \n\n 1 \t "2" \n 2 4.5\n# "\n 3 6 7\n' >d.txt
fits -d blanks --comment '#' d.txt
fits -d blanks --comment '#' --where 'a < 3' - < <(grep -v 7 d.txt)
fits -d blanks --comment '#' - < <(grep -v 7 d.txt; echo '3 "6 x')
printf 'a b\n"r1" 1 2\n\n"r2" 2 3\n"r3" 3 5\n"r4" 4\n' >r.txt
fits -d blanks --row-names row r.txt
head -n 5 r.txt | gzip -c | fits -d blanks --row-names row -
head -n 5 r.txt | regsweep run -q -y r1 -x r2 --transpose -d blanks --row-names row --columns y,x,n,status -o - -
