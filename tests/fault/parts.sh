#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills and stops in runs of several parts, of categories, of robust errors: see
# parts.py.
script=$(cd "$(dirname "$0")" && pwd)/parts.py
. "$(dirname "$0")/lib.sh"
python3 "$script"
