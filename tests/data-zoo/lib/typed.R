# SPDX-License-Identifier: GPL-3.0-or-later
# usage: Rscript typed.R FOLDER: writes the zoo's files of SAS, SPSS and Stata,
# of made-up people, by haven, foreign and readstat.
suppressMessages(library(haven))
setwd(commandArgs(TRUE)[1])
set.seed(12)
n <- 30
sex <- rep(c(2, 1, 1, 2, 1), length.out = n)
age <- round(runif(n, 20, 80))
smoke <- sample(c(1, 2, 3), n, TRUE)
bmi <- round(18 + age / 15 + (sex == 2) - smoke / 3 + rnorm(n), 1)
bmi[4] <- NA
region <- rep(c("Nord", "S\u00fcd", "Ost"), length.out = n)
sexes <- c(Male = 1, Female = 2)
habits <- c(Never = 1, "Gave up" = 2, Daily = 3)
about <- function(x, label) {
  attr(x, "label") <- label
  x
}

# SPSS: a code of missing, refusals that nobody declared, words for texts
people <- data.frame(
  id = sprintf("P%02d", seq_len(n)),
  bmi = about(bmi, "Body mass index (kg/m2)"),
  age = labelled(replace(age, 7, 999), c(Refused = 999), "Age in years"),
  sex = labelled(sex, sexes, "Sex"),
  smoke = labelled_spss(replace(smoke, c(3, 9), 9), c(habits, Unknown = 9),
    na_values = 9, label = "Smoking"
  ),
  region = region
)
write_sav(people, "spss.sav", compress = "byte")
write_sav(people, "packed.zsav", compress = "zsav")
capital <- people
names(capital) <- toupper(names(capital))
capital$REGION <- sub("\u00fc", "ue", region)
write_sav(capital, "capital.sav")
system("readstat capital.sav portable.por && rm capital.sav")

# Stata: .a beside the system's missing value
whole <- function(x, labels) labelled(as.integer(x), setNames(as.integer(labels), names(labels)))
people$age <- about(replace(age, 7, NA), "Age in years")
people$sex <- whole(sex, sexes)
people$smoke <- labelled(
  replace(as.double(smoke), c(3, 9), tagged_na("a")), c(habits, Unknown = tagged_na("a"))
)
write_dta(people, "stata.dta", version = 14)
old <- data.frame(bmi, age, sex = factor(sex, labels = names(sexes)), visits = as.integer(age / 7))
foreign::write.dta(old, "stata10.dta", version = 10)

# SAS: no labels of values; transport files as NHANES has them
exam <- data.frame(
  SEQN = 130000 + seq_len(n),
  RIAGENDR = about(sex, "Gender"),
  RIDAGEYR = about(age, "Age in years at screening"),
  BMXBMI = about(bmi, "Body Mass Index (kg/m**2)"),
  REGION = sub("\u00fc", "ue", region)
)
write_xpt(exam, "nhanes.xpt", version = 5, name = "BMX_J")
write_sav(exam, "exam.sav")
names(exam)[3:4] <- c("Age_at_screening", "Body_mass_index") # readstat wants to know how many rows there are
write_xpt(exam, "long-names.xpt", version = 8, name = "BMX_J")
system("readstat exam.sav sas.sas7bdat && gzip -9nf sas.sas7bdat && rm exam.sav")

# dates and times, as each counts them
visits <- data.frame(
  seen = as.Date("2024-02-28") + 0:5,
  at = as.POSIXct("2024-02-28 12:00:00", tz = "UTC") + 3600 * (0:5),
  weight = c(70.5, 70.1, 69.8, 69.9, 69.4, 69.0)
)
write_xpt(visits, "visits.xpt", version = 5)
write_sav(visits, "visits.sav")
write_dta(visits, "visits.dta")
