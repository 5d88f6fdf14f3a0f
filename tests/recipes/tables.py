#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the tables that the recipes of the manual name, in this folder.
Usage: tables.py. The numbers are made up, the same at every call."""
import random
import struct

draw = random.Random(12)
REGIONS = ("north", "south", "west")


def write(name, lines):
    with open(name, "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)


def survey():
    yield (
        "score,diet_fat,diet_salt,age,sex,region,year,household,income,bmi,lab_iron,w_exam,w_lab,town"
    )
    for i in range(240):
        fat, salt, iron = draw.random(), draw.random(), draw.random()
        age, weight = draw.randrange(18, 68), draw.randrange(1, 10)
        yield (
            f"{2 * fat + age / 40 + draw.gauss(0, 1):.3f},{fat:.2f},{salt:.2f},{age},{draw.choice('FM')},"
            f"{REGIONS[i % 3]},{2020 + i % 2},h{i // 2},{draw.randrange(100)},{draw.uniform(19, 31):.1f},"
            f"{iron:.2f},{weight},{weight + draw.randrange(3)},{i % 8}"
        )


def omics():
    yield "sample,gene1,gene2,gene3,snp1,snp2,snp3"
    for i in range(60):
        snps = [draw.randrange(3) for _ in range(3)]
        genes = [2 * snps[0] + draw.random(), snps[1] + 3 * draw.random(), draw.random()]
        yield f"s{i + 1}," + ",".join([f"{g:.3f}" for g in genes] + [str(s) for s in snps])


def clinic():
    """As it comes: codes for missing, dates, yes and no, thousands."""
    yield "id,visit,age,bmi,smoker,income"
    for i in range(60):
        age = 999 if i % 20 == 7 else draw.randrange(20, 80)
        bmi = "-9" if i % 15 == 4 else "not done" if i == 30 else f"{draw.uniform(19, 33):.1f}"
        yield (
            f'{i + 1},2024-{1 + i % 12:02}-{1 + i % 28:02},{age},{bmi},{draw.choice(["yes", "no"])},'
            f'"{draw.randrange(1, 9)},{draw.randrange(1000):03}.50"'
        )


def excel():
    """Of a German Excel."""
    yield "Alter;BMI;Gewicht"
    for _ in range(30):
        bmi = draw.uniform(19, 31)
        yield f"{draw.randrange(20, 80)};{bmi:.1f};{3 * bmi:.2f}".replace(".", ",")


def genotypes():
    """As plink2 --export A writes them."""
    yield "FID IID PAT MAT SEX PHENOTYPE rs11_A rs12_G".replace(" ", "\t")
    for i in range(60):
        yield f"F{i + 1}\ts{i + 1}\t0\t0\t1\t-9\t{draw.randrange(3)}\t{draw.choice(['0', '1', '2', 'NA'])}"


def expression():
    """A gene a line."""
    yield "gene\t" + "\t".join(f"s{i + 1}" for i in range(60))
    for name in ("ENSG01", "ENSG02", "ENSG03"):
        yield name + "".join(f"\t{draw.gauss(5, 1):.3f}" for _ in range(60))


def formula():
    yield "y,x,z,w,g,age"
    for i in range(40):
        yield f"{i * i % 17 + 1},{i % 5},{i % 7},{1 + i % 3},{i % 2},{i + 15}"


def phenotypes():
    yield "id,bmi,age"
    for i in range(60):
        yield f"s{i + 1},{draw.uniform(19, 31):.1f},{draw.randrange(20, 80)}"


# ---- SAS transport files, version 5 ----------------------------------


def ibm(number):
    """A number as IBM's machines have it; None: missing."""
    if number is None:
        return b"." + bytes(7)
    if number == 0:
        return bytes(8)
    exponent = 64
    fraction = abs(float(number))
    while fraction >= 1:
        fraction, exponent = fraction / 16, exponent + 1
    while fraction < 1 / 16:
        fraction, exponent = fraction * 16, exponent - 1
    head = exponent | (128 if number < 0 else 0)
    return bytes([head]) + int(fraction * 2**56).to_bytes(7, "big")


def padded(data, fill=b" "):
    return data + fill * (-len(data) % 80)


def header(name, tail):
    return f"HEADER RECORD*******{name:8}HEADER RECORD!!!!!!!{tail}".encode().ljust(80)


def transport(path, table, names, rows):
    """names: of the columns, all numbers; rows: lists."""
    when = b"01JAN24:00:00:00"
    zeros = "0" * 30
    out = header("LIBRARY", zeros)
    out += b"SAS     SAS     SASLIB  9.4     X64".ljust(64) + when + when.ljust(80)
    out += header("MEMBER", "000000000000000001600000000140")
    out += header("DSCRPTR", zeros)
    out += b"SAS     " + table.encode().ljust(8) + b"SASDATA 9.4     X64".ljust(48) + when
    out += when.ljust(80)
    out += header("NAMESTR", f"{0:06}{len(names):04}{0:020}")
    variables = b""
    for i, name in enumerate(names):
        variables += struct.pack(">4h8s40s", 1, 0, 8, i + 1, name.encode().ljust(8), b" " * 40)
        variables += struct.pack(">8s3h2s8s2hi52x", b" " * 8, 0, 0, 0, b"", b" " * 8, 0, 0, 8 * i)
    out += padded(variables) + header("OBS", zeros)
    out += padded(b"".join(ibm(cell) for row in rows for cell in row))
    with open(path, "wb") as file:
        file.write(out)


def nhanes():
    people = range(130001, 130241)
    transport(
        "DEMO_L.xpt",
        "DEMO_L",
        ["SEQN", "RIDAGEYR", "RIAGENDR", "WTMEC2YR", "SDMVPSU", "SDMVSTRA"],
        [
            [
                seqn,
                draw.randrange(1, 81),
                draw.randrange(1, 3),
                draw.randrange(1000, 90000),
                1 + i % 2,
                173 + i // 2 % 15,
            ]
            for i, seqn in enumerate(people)
        ],
    )
    transport(
        "BMX_L.xpt",
        "BMX_L",
        ["SEQN", "BMXBMI", "BMXWAIST"],
        [
            [seqn, bmi := round(draw.uniform(17, 40), 1), None if seqn % 9 == 0 else round(3 * bmi + draw.gauss(0, 6), 1)]
            for seqn in people
            if seqn % 11
        ],
    )


def main():
    for name, lines in (
        ("survey.csv", survey()),
        ("omics.csv", omics()),
        ("clinic.csv", clinic()),
        ("german.csv", excel()),
        ("geno.raw", genotypes()),
        ("expr.tsv", expression()),
        ("pheno.csv", phenotypes()),
        ("formula.csv", formula()),
        ("cis.csv", ["y,x", "gene1,snp1", "gene1,snp2", "gene2,snp2"]),
        ("genes.txt", ["gene1", "gene2", "gene3"]),
    ):
        write(name, lines)
    nhanes()


if __name__ == "__main__":
    main()
