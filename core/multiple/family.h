/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_H
#define RS_FAMILY_H

/* The tests that are adjusted together. */
enum rs_family {
    RS_FAMILY_ALL, /* one family of all tests */
    RS_FAMILY_Y,   /* the tests of one dependent are a family */
    RS_FAMILY_X    /* the tests of one independent are one */
};

#endif
