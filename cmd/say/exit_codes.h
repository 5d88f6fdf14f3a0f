/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_EXIT_CODES_H
#define RS_EXIT_CODES_H

/* Exit statuses: public interface, listed in regsweep(1). Death by a signal
 * keeps the signal. */
enum rs_exit {
    RS_EXIT_OK = 0,     /* every pair has its row */
    RS_EXIT_FAILED = 1, /* the run failed; what was written is a prefix */
    RS_EXIT_USAGE = 2,  /* wrong options or names */
    RS_EXIT_INPUT = 3,  /* wrong input data */
    RS_EXIT_LOST = 4    /* finished, but some pairs were lost */
};

#endif
