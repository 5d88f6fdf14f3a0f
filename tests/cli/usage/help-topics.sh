#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# regsweep help TOPIC, and that all help fits 80 columns.
for topic in --se se -c --missing exit-status lists beta --threads; do
    echo "== $topic"
    regsweep help $topic
done
regsweep help columns | head -n 12
regsweep help missing | tail -n +8 | head -n 3
regsweep help run | head -n 1
regsweep help exit lists | grep -c .
for topic in xyzzy exit-stats --ci; do
    regsweep help $topic
    echo "exit $?"
done 2>&1
{
    regsweep --help
    for topic in run describe bench columns transform; do regsweep help $topic; done
} | awk 'length > 80'
for option in $(regsweep run --help | grep -oE '^ .*--[a-z0-9-]+ ' | grep -oE -- '--[a-z0-9-]+'); do
    regsweep help "$option" | awk 'length > 80'
    regsweep help "$option" >/dev/null || echo "no help on $option"
done
