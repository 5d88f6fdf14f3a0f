#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Places in what is compressed are places in the text.
printf 'y,x\n1,2\n3\n' | gzip >d.gz
regsweep run -y y -x x d.gz
