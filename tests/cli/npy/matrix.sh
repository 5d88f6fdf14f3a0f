#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
printf "y,x,z,ü,t\n1,2,1,5,a\n2,3,0,5,b\n4,5,1,5,a\n3,7,,5,c\n5,6,1,5,b\n" >d.csv
show() {
    python3 - "$1" <<'END'
import array, ast, sys
data = open(sys.argv[1], "rb").read()
at = 0
while at < len(data):
    assert data[at:at + 8] == b"\x93NUMPY\x01\x00"
    end = at + 10 + int.from_bytes(data[at + 8:at + 10], "little")
    head = ast.literal_eval(data[at + 10:end].decode())
    n = 1
    for extent in head["shape"]:
        n *= extent
    size = 8 if head["descr"] == "<f8" else 4 * int(head["descr"][2:])
    body = data[end:end + n * size]
    print("aligned" if end % 64 == 0 else "-", head)
    if size == 8 and head["descr"] == "<f8":
        print(*(f"{v:.6g}" for v in array.array("d", body)))
    else:
        print(*(body[i * size:(i + 1) * size].decode("utf-32-le").rstrip("\0")
                for i in range(n)))
    at = end + n * size
assert at == len(data)
END
}
regsweep run -q d.csv -y y,x -x y,z,ü -o beta.npy --columns beta; ls; show beta.npy
regsweep run -q d.csv -y y,x -x z,ü --pairs matched -o m.npy --columns n; show m.npy
regsweep run -q d.csv -y y,x,z --pairs unique -o u.npy --columns r2; show u.npy
regsweep run -q d.csv -y y -x x,z,ü -c z -o kept.npy --columns p --p-max 0.05; show kept.npy
regsweep run -q d.csv -y y,x -x y,z -o named --format npy --columns df; show named
