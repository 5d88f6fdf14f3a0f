#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
regsweep run -y bmi -x age workbook.xlsx
