/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef RS_PASSWORDS_H
#define RS_PASSWORDS_H

/*
 * Puts '*' in the place of each password in a word: those of URLs
 * (scheme://user:PASSWORD@host, parameters whose name ends in password) and of
 * the keyword=value strings that PostgreSQL takes. In doubt, hides too much.
 */
void rs_hide_passwords(char *word);

#endif
