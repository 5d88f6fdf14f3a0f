#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
: >d.csv; regsweep run -y y -x x d.csv
