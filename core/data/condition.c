/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "condition.h"

#include <stdlib.h>
#include <string.h>

/* What is known of the rows: those for which it is true, and false. */
struct known {
    uint64_t *yes, *no;
};

/* Parts that wait to be joined. */
struct stack {
    struct known *known; /* [room] */
    size_t n, room;
    size_t n_words;
};

static bool relates(enum rs_relation relation, int order)
{
    switch (relation) {
    case RS_RELATION_EQ:
        return order == 0;
    case RS_RELATION_NE:
        return order != 0;
    case RS_RELATION_LT:
        return order < 0;
    case RS_RELATION_LE:
        return order <= 0;
    case RS_RELATION_GT:
        return order > 0;
    case RS_RELATION_GE:
        break;
    }
    return order >= 0;
}

static void note(struct known *known, size_t row, bool holds)
{
    rs_rows_add(holds ? known->yes : known->no, row);
}

static void compare_numbers(struct known *out, const struct rs_column *column,
                            size_t n_rows, const struct rs_condition_part *part)
{
    for (size_t i = 0; i < n_rows; i++) {
        double value = column->values[i];
        int order = (value > part->number) - (value < part->number);
        if (rs_column_has(column, i))
            note(out, i, relates(part->relation, order));
    }
}

static enum rs_status
compare_texts(struct known *out, const struct rs_column *column, size_t n_rows,
              const struct rs_condition_part *part, struct rs_error *err)
{
    const struct rs_factor *levels = column->levels;
    bool *holds = rs_alloc(levels->n_levels, sizeof *holds, err);

    if (holds == NULL)
        return RS_ERR_NOMEM;
    for (size_t k = 0; k < levels->n_levels; k++)
        holds[k] =
            relates(part->relation, strcmp(levels->levels[k], part->text));
    for (size_t i = 0; i < n_rows; i++)
        if (levels->codes[i] >= 0)
            note(out, i, holds[levels->codes[i]]);
    free(holds);
    return RS_OK;
}

static void find_missing(struct known *out, const struct rs_column *column,
                         size_t n_rows)
{
    for (size_t i = 0; i < n_rows; i++)
        note(out, i, !rs_column_has(column, i));
}

/* A free place on the stack, about which nothing is known. */
static struct known *push(struct stack *stack)
{
    struct known *top = &stack->known[stack->n++];

    memset(top->yes, 0, stack->n_words * sizeof *top->yes);
    memset(top->no, 0, stack->n_words * sizeof *top->no);
    return top;
}

/* out = out and other, of what is true or, for `or`, of what is false. */
static void join(uint64_t *both, uint64_t *either, const uint64_t *other_both,
                 const uint64_t *other_either, size_t n_words)
{
    for (size_t w = 0; w < n_words; w++) {
        both[w] &= other_both[w];
        either[w] |= other_either[w];
    }
}

static enum rs_status add_part(struct stack *stack,
                               const struct rs_dataset *data,
                               const struct rs_condition_part *part,
                               struct rs_error *err)
{
    const struct rs_column *column = &data->columns[part->column];
    struct known *top = NULL;

    switch (part->kind) {
    case RS_CONDITION_NUMBER:
        compare_numbers(push(stack), column, data->n_rows, part);
        return RS_OK;
    case RS_CONDITION_TEXT:
        return compare_texts(push(stack), column, data->n_rows, part, err);
    case RS_CONDITION_MISSING:
        find_missing(push(stack), column, data->n_rows);
        return RS_OK;
    case RS_CONDITION_NOT:
        top = &stack->known[stack->n - 1];
        *top = (struct known){top->no, top->yes};
        return RS_OK;
    case RS_CONDITION_AND:
    case RS_CONDITION_OR:
        break;
    }
    stack->n--;
    top = &stack->known[stack->n];
    if (part->kind == RS_CONDITION_AND)
        join(top[-1].yes, top[-1].no, top->yes, top->no, stack->n_words);
    else
        join(top[-1].no, top[-1].yes, top->no, top->yes, stack->n_words);
    return RS_OK;
}

/* How many parts wait at most. */
static size_t most_waiting(const struct rs_condition_part *parts, size_t n)
{
    size_t waiting = 0;
    size_t most = 0;

    for (size_t k = 0; k < n; k++) {
        if (parts[k].kind < RS_CONDITION_NOT)
            waiting++;
        else if (parts[k].kind > RS_CONDITION_NOT)
            waiting--;
        most = waiting > most ? waiting : most;
    }
    return most;
}

static enum rs_status stack_init(struct stack *stack, size_t room,
                                 size_t n_words, struct rs_error *err)
{
    *stack = (struct stack){.n_words = n_words};
    stack->known = rs_alloc(room, sizeof *stack->known, err);
    if (stack->known == NULL)
        return RS_ERR_NOMEM;
    stack->room = room;
    for (size_t k = 0; k < room; k++) {
        stack->known[k].yes = rs_alloc(n_words, sizeof(uint64_t), err);
        stack->known[k].no = rs_alloc(n_words, sizeof(uint64_t), err);
        if (stack->known[k].yes == NULL || stack->known[k].no == NULL)
            return RS_ERR_NOMEM;
    }
    return RS_OK;
}

static void stack_clear(struct stack *stack)
{
    for (size_t k = 0; k < stack->room; k++) {
        free(stack->known[k].yes);
        free(stack->known[k].no);
    }
    free(stack->known);
}

enum rs_status rs_condition_rows(uint64_t *rows, const struct rs_dataset *data,
                                 const struct rs_condition_part *parts,
                                 size_t n, struct rs_error *err)
{
    size_t n_words = rs_bit_words(data->n_rows);
    struct stack stack;
    enum rs_status status =
        stack_init(&stack, most_waiting(parts, n), n_words, err);

    for (size_t k = 0; k < n && status == RS_OK; k++)
        status = add_part(&stack, data, &parts[k], err);
    if (status == RS_OK)
        memcpy(rows, stack.known[0].yes, n_words * sizeof *rows);
    stack_clear(&stack);
    return status;
}
