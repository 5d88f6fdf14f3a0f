#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every command of the recipes, of the first session, and under EXAMPLES of run
# and bench runs as it stands there. Those of other programs are left to `make recipes`.
pages=$EXAMPLES/../man
built=$(dirname "$(command -v regsweep)")/man
bash "$EXAMPLES/../tests/recipes/run.sh" "$pages/regsweep-recipes.7" "$pages/regsweep.1" \
    "$built/regsweep-run.1" "$built/regsweep-bench.1"
