# SPDX-License-Identifier: GPL-3.0-or-later
# regsweep: one Makefile, no configure. `make help` lists the targets.

VARIANT ?= release
PREFIX  ?= /usr/local
DESTDIR ?=
V       ?= 0

B := build/$(VARIANT)
Q := $(if $(filter 1,$(V)),,@)

CC       ?= cc
CXX      ?= c++
PKG_CONFIG ?= pkg-config

CFLAGS_release  := -O3
CFLAGS_debug    := -O0 -g3
CFLAGS_asan     := -O1 -g -fsanitize=address -fno-omit-frame-pointer
CFLAGS_ubsan    := -O1 -g -fsanitize=undefined -fno-sanitize-recover=all
CFLAGS_tsan     := -O1 -g -fsanitize=thread
CFLAGS_cov      := -O0 -g --coverage -DNDEBUG
ifeq ($(origin CFLAGS_$(VARIANT)),undefined)
$(error VARIANT=$(VARIANT) is none of release debug asan ubsan tsan cov)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wundef
WARNINGS_C := -Wstrict-prototypes -Wmissing-prototypes
WERROR ?=

# GSL calls CBLAS functions by name: the library named first on the link line
# serves them, and that must be OpenBLAS, never gslcblas.
GSL_CFLAGS  = $(shell $(PKG_CONFIG) --cflags gsl)
BLAS_LIBS  ?= $(shell $(PKG_CONFIG) --libs openblas)
GSL_LIBS    = -lgsl $(BLAS_LIBS)
CHECK_CFLAGS = $(shell $(PKG_CONFIG) --cflags check)
CHECK_LIBS   = $(shell $(PKG_CONFIG) --libs check)

CFLAGS   ?=
CXXFLAGS ?=
LDFLAGS  ?=
LDLIBS   ?=
common_flags = $(CFLAGS_$(VARIANT)) -ffp-contract=off $(WARNINGS) $(WERROR) -MMD -MP
ALL_CPPFLAGS = -D_POSIX_C_SOURCE=200809L $(GSL_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS   = -std=c17 $(common_flags) $(WARNINGS_C) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 -fno-exceptions -fno-rtti $(common_flags) $(CXXFLAGS)
ALL_LDFLAGS  = $(filter -fsanitize% --coverage,$(CFLAGS_$(VARIANT))) $(LDFLAGS)
ALL_LDLIBS   = -lcsv $(GSL_LIBS) -lstdc++ -lpthread -lm $(LDLIBS)

# The layers: each may include its own headers and those of the layers below.
core_inc :=
io_inc   := -Icore
cmd_inc  := -Icore -Iio
unit_inc := -Icore -Iio -Icmd -Itests/unit

core_obj := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard core/*.c)))
io_obj   := $(patsubst %.c,$(B)/%.o,$(sort $(wildcard io/*.c))) \
            $(patsubst %.cc,$(B)/%.o,$(sort $(wildcard io/*.cc)))
cmd_obj  := $(patsubst %.c,$(B)/%.o,$(filter-out cmd/main.c,$(sort $(wildcard cmd/*.c))))
main_obj := $(B)/cmd/main.o
libs     := $(B)/libcmd.a $(B)/libio.a $(B)/libcore.a
program  := $(B)/regsweep
unit_bin := $(patsubst tests/unit/%.c,$(B)/tests/%,$(sort $(wildcard tests/unit/test_*.c)))
unit_help_obj := $(patsubst %.c,$(B)/%.o,$(filter-out $(wildcard tests/unit/test_*.c),$(sort $(wildcard tests/unit/*.c))))

.PHONY: all
all: $(program) ## build the program (VARIANT=release|debug|asan|ubsan|tsan|cov)

$(program): $(main_obj) $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(main_obj) $(libs) $(ALL_LDLIBS)

$(B)/libcore.a: $(core_obj)
$(B)/libio.a: $(io_obj)
$(B)/libcmd.a: $(cmd_obj)
$(B)/lib%.a:
	@echo "  AR   $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(B)/core/%.o: core/%.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(core_inc) $(ALL_CFLAGS) -c -o $@ $<
$(B)/io/%.o: io/%.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(io_inc) $(ALL_CFLAGS) -c -o $@ $<
$(B)/io/%.o: io/%.cc
	@mkdir -p $(@D)
	@echo "  CXX  $<"
	$(Q)$(CXX) $(ALL_CPPFLAGS) $(io_inc) $(ALL_CXXFLAGS) -c -o $@ $<
$(B)/cmd/%.o: cmd/%.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(cmd_inc) $(ALL_CFLAGS) -c -o $@ $<
$(B)/tests/unit/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(unit_inc) $(CHECK_CFLAGS) $(ALL_CFLAGS) -c -o $@ $<

# The archives stand in link order cmd, io, core: a call against the layers
# does not link.
$(B)/tests/test_%: $(B)/tests/unit/test_%.o $(unit_help_obj) $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(unit_help_obj) $(libs) $(CHECK_LIBS) $(ALL_LDLIBS)

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build
