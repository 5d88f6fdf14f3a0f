/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules_shared.h"

#include "errors.h"
#include "missing.h"

bool rs_when_robust(const struct rs_asked *asked)
{
    return asked->errors->meat != NULL;
}

/* The range of means of one variance. */
bool rs_when_robust_tukey(const struct rs_asked *asked)
{
    return rs_when_robust(asked) &&
           asked->settings->writing.contrasts == RS_PAIRWISE_TUKEY;
}

bool rs_when_counts(const struct rs_asked *asked)
{
    return asked->settings->selecting.weights_are == RS_WEIGHTS_ARE_COUNTS;
}

bool rs_when_clustered(const struct rs_asked *asked)
{
    return (asked->errors->asks & RS_ERRORS_OF_CLUSTERS) != 0;
}

bool rs_when_clusters_of_none(const struct rs_asked *asked)
{
    return !rs_when_clustered(asked) && asked->settings->testing.bootstrap == 0;
}

bool rs_when_lagged(const struct rs_asked *asked)
{
    return (asked->errors->asks & RS_ERRORS_OF_LAGS) != 0;
}

bool rs_when_unweighted(const struct rs_asked *asked)
{
    return asked->settings->selecting.weights.n == 0;
}

/* Rows depend on each other, and not within clusters. */
bool rs_when_ordered(const struct rs_asked *asked)
{
    return rs_when_lagged(asked) || asked->settings->modelling.survey;
}

bool rs_when_lagged_counts(const struct rs_asked *asked)
{
    return rs_when_lagged(asked) && rs_when_counts(asked);
}

bool rs_when_not_lagged(const struct rs_asked *asked)
{
    return !rs_when_lagged(asked);
}

bool rs_when_fills_means(const struct rs_asked *asked)
{
    return asked->settings->missing.policy == RS_MISSING_MEAN;
}

bool rs_when_groups_of_none(const struct rs_asked *asked)
{
    return ((unsigned)asked->family & RS_FAMILY_GROUP) != 0 &&
           !rs_settings_given(asked->settings,
                              offsetof(struct rs_settings, selecting.groups));
}

bool rs_when_one_set(const struct rs_asked *asked)
{
    return asked->settings->modelling.model_sets.n == 1;
}

bool rs_when_sets_of_none(const struct rs_asked *asked)
{
    return ((unsigned)asked->family & RS_FAMILY_SET) != 0 &&
           !rs_settings_given(asked->settings, offsetof(struct rs_settings,
                                                        modelling.model_sets));
}
