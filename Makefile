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
CFLAGS_static   := -O3
ifeq ($(origin CFLAGS_$(VARIANT)),undefined)
$(error VARIANT=$(VARIANT) is none of release debug asan ubsan tsan cov static)
endif

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wvla -Wundef
WARNINGS_C := -Wstrict-prototypes -Wmissing-prototypes
WERROR ?=

comma := ,

# GSL calls CBLAS functions by name: the library named first on the link line
# serves them, and that must be OpenBLAS, never gslcblas.
GSL_CFLAGS  := $(shell $(PKG_CONFIG) --cflags gsl 2>/dev/null)
# The serial flavour is taken where it is installed: the parallelism is in the
# workers, and the other's threads would spin beside them from the start.
serial_blas := $(firstword $(dir $(wildcard /usr/lib/*/openblas-serial/libopenblas.so)))
BLAS_LIBS  ?= $(if $(serial_blas),-L$(serial_blas) -lopenblas -Wl$(comma)-rpath$(comma)$(serial_blas:/=),$(or $(shell $(PKG_CONFIG) --libs openblas 2>/dev/null),-lopenblas))
GSL_LIBS    = -lgsl $(BLAS_LIBS)
# Exact arithmetic where double-doubles do not suffice (core/model/lsq_rational.h).
GMP_LIBS    = $(or $(shell $(PKG_CONFIG) --libs gmp 2>/dev/null),-lgmp)
# Compressed input and output, and the hash of the input.
PACK_CFLAGS := $(shell $(PKG_CONFIG) --cflags zlib libzstd libxxhash 2>/dev/null)
PACK_LIBS   = $(or $(shell $(PKG_CONFIG) --libs zlib libzstd libxxhash 2>/dev/null),-lz -lzstd -lxxhash)
# Databases. libpq is loaded when it is wanted (io/postgres/pg_library.h).
DB_CFLAGS := $(shell $(PKG_CONFIG) --cflags libpq 2>/dev/null)
DB_LIBS   = -ldl
# Debian keeps Dragonbox's headers in a folder with the version in its name.
DRAGONBOX_CFLAGS ?= $(addprefix -isystem ,$(lastword $(sort $(wildcard /usr/include/dragonbox-*))))
SQLITE_CFLAGS := $(shell $(PKG_CONFIG) --cflags sqlite3 2>/dev/null)
SQLITE_LIBS   = $(or $(shell $(PKG_CONFIG) --libs sqlite3 2>/dev/null),-lsqlite3)
CHECK_CFLAGS := $(shell $(PKG_CONFIG) --cflags check 2>/dev/null)
CHECK_LIBS   = $(shell $(PKG_CONFIG) --libs check 2>/dev/null)

CFLAGS   ?=
CXXFLAGS ?=
LDFLAGS  ?=
LDLIBS   ?=
common_flags = $(CFLAGS_$(VARIANT)) -ffp-contract=off -fno-math-errno $(WARNINGS) $(WERROR) -MMD -MP
ALL_CPPFLAGS = -D_POSIX_C_SOURCE=200809L $(GSL_CFLAGS) $(PACK_CFLAGS) $(DB_CFLAGS) $(SQLITE_CFLAGS) $(CPPFLAGS)
ALL_CFLAGS   = -std=c17 $(common_flags) $(WARNINGS_C) $(CFLAGS)
ALL_CXXFLAGS = -std=c++17 -fno-exceptions -fno-rtti $(common_flags) $(CXXFLAGS)
ALL_LDFLAGS  = $(filter -fsanitize% --coverage,$(CFLAGS_$(VARIANT))) $(static_ldflags) $(LDFLAGS)
ALL_LDLIBS   = -lcsv $(PACK_LIBS) $(DB_LIBS) $(SQLITE_LIBS) $(GSL_LIBS) $(GMP_LIBS) -lstdc++ -lpthread -lm $(static_libs) $(LDLIBS)

# One file for any Linux of this processor: what else is loaded when it is
# wanted is linked, or refused by name (io/file/library_static.c). SQLite could
# load extensions, and look up users, which nothing of ours makes it do: hence
# no warnings.
ifeq ($(VARIANT),static)
static_ldflags := -static -Wl,--no-warnings -Wl,-u,openblas_get_config -Wl,-u,openblas_get_corename
static_libs    := -lbz2 -llzma
not_here       := io/file/library.c
else
not_here       := io/file/library_static.c
endif

# The rooms of the house. Each may include its own headers, those of the rooms
# named behind it, and what these may. Only rooms of earlier lines can be named,
# so there is no circle. The flags are made of this: an include that is not
# allowed does not compile. They are -iquote, so that no header of ours hides
# one in <>. Lint holds calls to the same law.
rooms :=
room = $(eval $(call new_room,$(strip $(1)),$(strip $(2))))
define new_room
$(foreach r,$(filter-out $(rooms),$(2)),$(error $(1) names $r, which no line before it has))
rooms += $(1)
may_$(1) := $(sort $(2) $(foreach r,$(2),$(may_$r)))
endef
$(call room, core/base)
$(call room, core/math,     core/base)
$(call room, core/data,     core/math)
$(call room, core/pool,     core/base)
$(call room, core/fit,      core/math)
$(call room, core/multiple, core/math core/data)
$(call room, core/model,    core/math core/data core/fit)
$(call room, core/engine,   core/model)
$(call room, core/tile,     core/engine)
$(call room, core,          core/tile)
$(call room, core/resample, core/tile core/pool core/multiple)
$(call room, io/number,     core/base)
$(call room, io/file,       core/base)
$(call room, io/csv,        io/number io/file core/data)
$(call room, io/readstat,   io/csv)
$(call room, io/table,      io/readstat)
$(call room, io/sink,       io/number io/file core/data core/fit)
$(call room, io/sqlite,     io/sink)
$(call room, io/postgres,   io/sink)
$(call room, io/kinds,      io/sqlite io/postgres)
$(call room, cmd/run/ask,   io/table io/kinds core/model core/multiple)
$(call room, cmd/run/rows,  io/sink core/pool core/engine core/multiple)
$(call room, cmd/run,       cmd/run/ask cmd/run/rows core core/resample)
$(call room, cmd/say,       core/base)
$(call room, cmd/options,   cmd/run/ask)
$(call room, cmd/complete,  cmd/options)
$(call room, cmd/bench,     cmd/run cmd/say)
$(call room, cmd/report,    cmd/run cmd/say)
$(call room, cmd/describe,  cmd/report)
$(call room, cmd,           cmd/complete cmd/bench cmd/describe)

# What a source may include: tests, benchmarks and the like may include all.
here     = $(patsubst %/,%,$(dir $<))
includes = $(addprefix -iquote ,$(if $(filter $(here),$(rooms)),$(may_$(here)),$(rooms) tests/unit tests/unit/tables))

# $(call objects,PATTERNS): of the rooms that one of the patterns matches
in_rooms = $(sort $(foreach r,$(filter $(1),$(rooms)),$(wildcard $r/*.$(2))))
objects  = $(patsubst %.c,$(B)/%.o,$(filter-out cmd/main.c $(not_here),$(call in_rooms,$(1),c))) \
           $(patsubst %.cc,$(B)/%.o,$(call in_rooms,$(1),cc))
# A run is a library that knows no terminal; the rest of cmd stands on it.
run_rooms := cmd/run cmd/run/%
pic       := -fPIC -fvisibility=hidden
main_obj := $(B)/cmd/main.o
libs     := $(B)/libcmd.a $(B)/librun.a $(B)/libio.a $(B)/libcore.a
program  := $(B)/regsweep
unit_src := $(sort $(shell find tests/unit -name '*.c' -o -name '*.cc'))
unit_bin := $(B)/unit
oracle_bin := $(patsubst tests/oracle/%.c,$(B)/oracle/%,$(sort $(wildcard tests/oracle/*.c)))
page_tool := $(B)/pagedoc
column_tool := $(B)/columndoc
# Man pages: as they are, and those into which our tables are written.
pages    := $(wildcard man/*.[1-9]) $(patsubst %.in,$(B)/%,$(wildcard man/*.in))
bench_bin := $(patsubst bench/%.c,$(B)/bench/%,$(sort $(wildcard bench/*.c)))
same_tools := $(B)/bench/make_table $(B)/bench/make_genotypes

# A run as a library for others: in objects of its own, as code for a shared one
# is slower, and with what regsweep.h declares for all symbols of the shared one.
version   := $(shell sed -n 's/^.define RS_VERSION "\(.*\)"/\1/p' cmd/run/version_number.h)
soname    := libregsweep.so.0
shared    := libregsweep.so.$(version)
in_library = $(call objects,core core/% io/% $(run_rooms))
library   := $(B)/lib/$(shared) $(B)/lib/libregsweep.a

.DEFAULT_GOAL := all
.PRECIOUS: $(B)/%.o $(B)/pic/%.o
.PHONY: all
all: $(program) $(pages) ## build the program (VARIANT=release|debug|asan|ubsan|tsan|cov|static)

$(program): $(main_obj) $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(main_obj) $(libs) $(ALL_LDLIBS)

$(B)/libcore.a: $(call objects,core core/%)
$(B)/libio.a: $(call objects,io/%)
$(B)/librun.a: $(call objects,$(run_rooms))
$(B)/libcmd.a: $(filter-out $(call objects,$(run_rooms)),$(call objects,cmd cmd/%))
$(B)/lib%.a:
	@echo "  AR   $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $^

.PHONY: lib
lib: $(library) ## build libregsweep, shared and static
$(B)/lib/$(shared): $(patsubst $(B)/%,$(B)/pic/%,$(in_library)) cmd/run/regsweep.map
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) -shared -Wl,-soname,$(soname) -Wl,--version-script,cmd/run/regsweep.map -Wl,-z,defs \
	    $(ALL_LDFLAGS) -o $@ $(filter %.o,$^) $(ALL_LDLIBS)
	$(Q)ln -sf $(shared) $(B)/lib/$(soname) && ln -sf $(soname) $(B)/lib/libregsweep.so
$(B)/lib/libregsweep.a: $(in_library)
	@mkdir -p $(@D)
	@echo "  AR   $@"
	$(Q)rm -f $@ && $(AR) rcs $@ $^
$(B)/pic/%.o: %.c
	@mkdir -p $(@D)
	@echo "  PIC  $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(includes) $(ALL_CFLAGS) $(pic) -c -o $@ $<
$(B)/pic/%.o: %.cc
	@mkdir -p $(@D)
	@echo "  PIC  $<"
	$(Q)$(CXX) $(ALL_CPPFLAGS) $(includes) $(DRAGONBOX_CFLAGS) $(ALL_CXXFLAGS) $(pic) -c -o $@ $<

$(B)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(includes) $(if $(filter tests/%,$(here)),$(CHECK_CFLAGS)) $(ALL_CFLAGS) -c -o $@ $<
$(B)/%.o: %.cc
	@mkdir -p $(@D)
	@echo "  CXX  $<"
	$(Q)$(CXX) $(ALL_CPPFLAGS) $(includes) $(DRAGONBOX_CFLAGS) $(ALL_CXXFLAGS) -c -o $@ $<

# The archives stand in link order cmd, run, io, core.
unit_obj := $(patsubst %,$(B)/%.o,$(basename $(unit_src)))
$(unit_bin): $(unit_obj) $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $(unit_obj) $(libs) $(CHECK_LIBS) $(ALL_LDLIBS)

# The tables of settings and of result columns are the source of man pages.
$(page_tool): $(B)/man/pagedoc.o $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(libs) $(ALL_LDLIBS)
$(B)/man/%: man/%.in $(page_tool)
	@echo "  DOC  $@"
	$(Q)mkdir -p $(@D) && $(page_tool) $< > $@.new && mv $@.new $@
$(column_tool): $(B)/man/columndoc.o $(libs)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_LDFLAGS) -o $@ $< $(libs) $(ALL_LDLIBS)
$(B)/man/regsweep-output.5: man/regsweep-output.5.in $(column_tool)
	@echo "  DOC  $@"
	$(Q)mkdir -p $(@D) && $(column_tool) $< > $@.new && mv $@.new $@

$(B)/bench/%: bench/%.c $(libs)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(includes) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(libs) $(ALL_LDLIBS)

# This one has no library of ours: libpq alone.
$(B)/bench/pg_copy: bench/pg_copy.c
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(includes) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(or $(shell $(PKG_CONFIG) --libs libpq 2>/dev/null),-lpq) $(LDLIBS)

$(B)/oracle/%: tests/oracle/%.c $(libs)
	@mkdir -p $(@D)
	@echo "  LINK $@"
	$(Q)$(CC) $(ALL_CPPFLAGS) $(includes) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(libs) $(ALL_LDLIBS)

-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ---- set-up -----------------------------------------------------------------

build_packages := gcc g++ make pkg-config libgsl-dev libgmp-dev libopenblas-serial-dev libcsv-dev \
                   zlib1g-dev libzstd-dev libxxhash-dev libsqlite3-dev libdragonbox-dev libpq-dev \
                   libbz2-dev liblzma-dev libreadstat-dev
test_packages  := $(build_packages) check python3 python3-numpy strace tmux groff bash gzip zstd bzip2 xz-utils sqlite3 locales zsh fish
peer_packages  := libopenblas0-pthread r-base-core r-cran-data.table python3 python3-numpy python3-scipy python3-pandas plink2
oracle_packages := r-base-core r-bioc-qvalue r-cran-boot r-cran-sandwich \
                   r-cran-lmtest r-cran-survey r-cran-metafor r-cran-car \
                   r-cran-broom r-bioc-limma python3-statsmodels plink2
db_packages    := postgresql util-linux
lint_packages  := $(test_packages) clang-format mandoc pmccabe shellcheck

.PHONY: deps deps-test deps-lint
deps: ## install what building needs (Debian packages)
	@sh tests/deps.sh $(build_packages)
deps-test: ## install what the tests need
	@sh tests/deps.sh $(test_packages)
deps-lint: ## install what lint needs
	@sh tests/deps.sh $(lint_packages)

# ---- main job ---------------------------------------------------------------

.PHONY: demo
demo: ## set up, build and run real regressions on the example data
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory all
	@PATH="$(CURDIR)/$(B):$$PATH" sh examples/demo.sh

# ---- tests ------------------------------------------------------------------

.PHONY: test check check-update test-build additions zoo-peers recipes fault oracle test-db valgrind coverage
test: ## set up, build and pass all tests
	@$(MAKE) --no-print-directory deps-test
	@$(MAKE) --no-print-directory check
test-build: all lib $(unit_bin) $(oracle_bin)
check: test-build ## all tests, without installing anything (VARIANT too)
	@VARIANT=$(VARIANT) bash tests/run.sh
check-update: test-build ## rewrite what the command-line cases expect
	@VARIANT=$(VARIANT) bash tests/cli/run.sh --update
additions: all ## add one of everything to a copy: each by its file and rows
	@VARIANT=$(VARIANT) bash tests/additions/run.sh
zoo-peers: ## the data zoo's files as pandas, fread, haven and plink2 read them, where they are there
	@python3 tests/data-zoo/peers.py
recipes: all ## the manual's recipes, those for R, Python, gnuplot, Snakemake and Excel, too
	@PATH="$(CURDIR)/$(B):$$PATH" PEERS=yes bash tests/recipes/run.sh
fault: ## kill workers and parent, fail system calls, fill a disk
	@sh tests/deps.sh $(test_packages) procps util-linux
	@$(MAKE) --no-print-directory test-build
	@VARIANT=$(VARIANT) bash tests/fault/run.sh
oracle: ## compare with R: every question of a pair, p.adjust, qvalue, boot
	@sh tests/deps.sh $(build_packages) $(oracle_packages)
	@$(MAKE) --no-print-directory $(program) $(oracle_bin)
	@Rscript tests/oracle/adjusted.R $(B)/oracle/adjusted
	@bash tests/oracle/bootstrap.sh
	@Rscript tests/oracle/errors.R $(B)/regsweep
	@Rscript tests/oracle/questions.R $(B)/regsweep
	@Rscript tests/oracle/naming.R $(B)/regsweep
	@python3 tests/oracle/naming.py $(B)/regsweep
test-db: ## a private PostgreSQL server: results, refusals, lost connections
	@sh tests/deps.sh $(test_packages) $(db_packages)
	@$(MAKE) --no-print-directory test-build
	@VARIANT=$(VARIANT) bash tests/db/run.sh
valgrind: ## unit tests and a sweep under valgrind
	@sh tests/deps.sh $(test_packages) valgrind
	@$(MAKE) --no-print-directory test-build
	@VARIANT=$(VARIANT) bash tests/valgrind.sh
coverage: ## line and branch coverage of all tests
	@sh tests/deps.sh $(test_packages) lcov
	@$(MAKE) --no-print-directory VARIANT=cov check
	@lcov -q -c -d build/cov -o build/cov/all.info --rc lcov_branch_coverage=1
	@lcov -q -r build/cov/all.info '/usr/*' '*/tests/*' -o build/cov/ours.info --rc lcov_branch_coverage=1
	@lcov --list build/cov/ours.info --rc lcov_branch_coverage=1

.PHONY: same-record same
same-record: all $(same_tools) ## note what the program does, before a change that must not change it
	@mkdir -p build/same
	@REGSWEEP_BUILD=$(CURDIR)/$(B) python3 tests/same/same.py --tools $(B)/bench --record build/same/record
same: all $(same_tools) ## compare with what was noted
	@REGSWEEP_BUILD=$(CURDIR)/$(B) python3 tests/same/same.py --tools $(B)/bench build/same/record

.PHONY: bench bench-peers
bench: all $(bench_bin) ## speed as ratios, measured in one run
	@bash bench/run.sh $(B)
	@bash bench/absorb.sh $(B)
	@bash bench/corrections.sh $(B)
	@bash bench/plan.sh $(B)
	@bash bench/questions.sh $(B)
	@bash bench/read.sh $(B)
	@bash bench/key.sh $(B)
	@bash bench/databases.sh $(B)
	@bash bench/postgres.sh $(B)
bench-peers: ## R, Python, plink2, GSL, bare dgemm on the same data (SIZE=small, ONLY='a b')
	@sh tests/deps.sh $(build_packages) $(peer_packages)
	@$(MAKE) --no-print-directory all $(bench_bin)
	@bash bench/peers.sh $(B)

# ---- lint -------------------------------------------------------------------

c_files := $(shell find core io cmd man bench tests examples -name '*.[ch]' -o -name '*.cc')

.PHONY: lint format rooms
rooms: ## the law: each room, and those that it may include
	@$(foreach r,$(rooms),echo '$r: $(may_$r)';)
lint: ## style, complexity, rooms, warnings as errors
	@$(MAKE) --no-print-directory deps-lint
	@$(MAKE) --no-print-directory VARIANT=debug WERROR=-Werror all $(patsubst build/$(VARIANT)/%,build/debug/%,$(unit_bin) $(oracle_bin) $(bench_bin))
	@bash tests/lint/run.sh
format: ## put all C files in the house's format
	clang-format -i $(filter-out %/tails_table.h,$(c_files))

# ---- packages ---------------------------------------------------------------

deb_packages := $(build_packages) check debhelper dpkg-dev fakeroot lintian
.PHONY: static deb test-packages
static: ## one file for any Linux of this processor: build/static/regsweep
	@sh tests/deps.sh $(build_packages)
	@$(MAKE) --no-print-directory VARIANT=static build/static/regsweep
	@strip build/static/regsweep
deb: ## Debian packages of the last commit: build/deb
	@sh tests/deps.sh $(deb_packages)
	@bash packaging/deb.sh build/deb $(version)
test-packages: static deb ## try them in an empty folder, and by lintian
	@bash tests/packages/static.sh build/static/regsweep
	@bash tests/packages/deb.sh build/deb

# ---- installing -------------------------------------------------------------

.PHONY: install uninstall
LIBDIR ?= $(PREFIX)/lib
libdir  = $(DESTDIR)$(LIBDIR)
incdir  = $(DESTDIR)$(PREFIX)/include
bindir  = $(DESTDIR)$(PREFIX)/bin
mandir  = $(DESTDIR)$(PREFIX)/share/man
bashdir = $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir  = $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir = $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
installed_pages = $(foreach page,$(notdir $(pages)),man$(subst .,,$(suffix $(page)))/$(page))
install: all lib ## install below PREFIX (and DESTDIR)
	install -d $(libdir)/pkgconfig $(incdir) $(bindir) $(addprefix $(mandir)/,$(sort $(dir $(installed_pages)))) $(bashdir) $(zshdir) $(fishdir)
	install -m 755 $(program) $(bindir)/regsweep
	for page in $(pages); do install -m 644 $$page $(mandir)/man$${page##*.}/ || exit 1; done
	install -m 644 packaging/completions/regsweep.bash $(bashdir)/regsweep
	install -m 644 packaging/completions/_regsweep $(zshdir)/
	install -m 644 packaging/completions/regsweep.fish $(fishdir)/
	install -m 644 cmd/run/regsweep.h $(incdir)/
	install -m 644 $(B)/lib/libregsweep.a $(libdir)/
	install -m 755 $(B)/lib/$(shared) $(libdir)/
	ln -sf $(shared) $(libdir)/$(soname)
	ln -sf $(soname) $(libdir)/libregsweep.so
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(version)|; s|@LIBS@|$(strip $(ALL_LDLIBS))|' \
	    cmd/run/regsweep.pc.in > $(libdir)/pkgconfig/regsweep.pc
uninstall: ## remove what install put there
	rm -f $(bindir)/regsweep $(addprefix $(mandir)/,$(installed_pages)) \
	    $(bashdir)/regsweep $(zshdir)/_regsweep $(fishdir)/regsweep.fish \
	    $(incdir)/regsweep.h $(libdir)/pkgconfig/regsweep.pc $(libdir)/libregsweep.a \
	    $(libdir)/$(shared) $(libdir)/$(soname) $(libdir)/libregsweep.so

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  %-12s %s\n", $$1, $$2}'

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build
