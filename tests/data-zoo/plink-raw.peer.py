# SPDX-License-Identifier: GPL-3.0-or-later
"""plink2's own regression on the genotypes that the file was exported from."""
import os
import subprocess
import pandas

zoo = os.environ["ZOO"]
raw = pandas.read_csv(zoo + "/plink-raw.raw", sep=" ")
raw[["IID", "PHENOTYPE"]].rename(columns={"IID": "#IID"}).to_csv("pheno", sep="\t", index=False)
subprocess.run(
    ["plink2", "--vcf", zoo + "/plink-raw.vcf", "--pheno", "pheno", "--out", "peer"]
    + ["--glm", "allow-no-covars", "--no-psam-pheno"],
    check=True, stdout=subprocess.DEVNULL,
)  # fmt: skip
fits = pandas.read_csv("peer.PHENOTYPE.glm.linear", sep="\t")
print("x,n")
for fit in fits.itertuples():
    print(f"{fit.ID}_A,{fit.OBS_CT}")
