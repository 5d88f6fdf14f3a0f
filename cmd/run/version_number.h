/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_VERSION_NUMBER_H
#define RS_VERSION_NUMBER_H

/* Of the program and of the library; the Makefile reads it too. */
#define RS_VERSION "0.1.0"

#endif
