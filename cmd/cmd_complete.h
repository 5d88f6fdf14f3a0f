/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_CMD_COMPLETE_H
#define RS_CMD_COMPLETE_H

/*
 * What the completions of shells (packaging/completions) ask, not people:
 *     regsweep __complete bash|zsh|fish BEFORE LINE [BREAKS]
 * of a command line LINE, as it is typed, with the cursor behind BEFORE, where
 * it begins; BREAKS is $COMP_WORDBREAKS of bash. A candidate a line: to bash,
 * as it is to be put in the place of readline's word; to zsh, the whole word
 * and, behind a tab, what is shown; to fish, the whole word and what it is.
 * Whatever is wrong, nothing is printed.
 */
#define RS_COMPLETE_WORD "__complete"

/* args: [n] those behind RS_COMPLETE_WORD. */
void rs_cmd_complete(int n, const char *const *args);

#endif
