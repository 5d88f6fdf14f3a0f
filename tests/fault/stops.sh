#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# INT and TERM at random moments, for every kind of output: see stops.py.
script=$(cd "$(dirname "$0")" && pwd)/stops.py
. "$(dirname "$0")/lib.sh"
python3 "$script"
