/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prime.h"

uint64_t rs_prime_inverse(uint64_t a)
{
    uint64_t power = RS_PRIME - 2; /* Fermat */
    uint64_t result = 1;

    for (; power != 0; power >>= 1) {
        if ((power & 1) != 0)
            result = rs_prime_mul(result, a);
        a = rs_prime_mul(a, a);
    }
    return result;
}
