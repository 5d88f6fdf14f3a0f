/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PG_LIBRARY_H
#define RS_PG_LIBRARY_H

#include "error.h"

#include <libpq-fe.h>

/*
 * libpq, loaded when a database of PostgreSQL is asked for and not before:
 * with TLS, Kerberos and LDAP it would double the time that every start of
 * the program takes.
 *
 * pg_library.c has functions of libpq's names that call the library's own, so
 * that others use libpq as if it were linked: with its header, checked by the
 * compiler. A function that is not in the list there does not link.
 */

/*
 * Loads the library unless that has been done; before any function of its
 * own. It stays until the process ends.
 * Errors: RS_ERR_OPEN when it is missing or lacks a function.
 */
enum rs_status rs_pg_library_load(struct rs_error *err) RS_MUST_CHECK;

/* The version as PQlibVersion has it; 0 when the library is not loaded. */
int rs_pg_library_version(void);

#endif
