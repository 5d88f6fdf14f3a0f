/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_FAMILY_H
#define RS_FAMILY_H

/*
 * The tests that are adjusted together: a set of what those of a family have
 * in common. Y and X exclude each other: a pair would be a family.
 */
enum rs_family {
    RS_FAMILY_ALL = 0,   /* nothing: one family of all tests */
    RS_FAMILY_Y = 1,     /* the dependent */
    RS_FAMILY_X = 2,     /* the independent */
    RS_FAMILY_GROUP = 4, /* the group of rows */
    RS_FAMILY_SET = 8    /* the set of covariates */
};

#endif
