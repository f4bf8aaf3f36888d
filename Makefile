# The two commands of the README, `make ingest` and `make test`, and what a developer needs beside them.
# Needed: Python 3.11 or later with venv and pip, make, a C compiler. All else comes from the lock files.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input

unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help ingest test format-check lint types contracts unit wheel-test format generated lock stress bench clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --refresh: keikaku skips documents that it has read with this version; a changed working tree has
# the same version.
ingest: $(VENV)/.runtime ## read samples/ into the Parquet tables of output/
	@$(BIN)/keikaku ingest samples --output output --refresh

test: format-check lint types contracts unit wheel-test ## everything that must hold, as CI runs it

format-check: $(VENV)/.development ## is the code formatted?
	@$(BIN)/ruff format --check .

lint: $(VENV)/.development ## ruff
	@$(BIN)/ruff check .

types: $(VENV)/.development build/typing/keikaku ## mypy, strict
	@$(BIN)/mypy

contracts: $(VENV)/.development ## who may import whom
	@$(BIN)/lint-imports --no-logo

unit: $(VENV)/.development ## pytest on the source tree
	@$(BIN)/pytest -n 2

# The wheel is installed into an environment of its own and the tests are run from a copy that has no
# source beside it: does the wheel hold all that is needed? So not those that look at the source (the
# house), nor those that would only say the same again (layouts, extractors, kills and clusters); goldens,
# truth, contract and command line are. The libraries come through one .pth line: what an editable
# install left in $(VENV) works by a .pth file too, and those are not followed from there, so keikaku
# can only be the wheel's.
WHEEL := build/wheel
SAME_FROM_SOURCE := test_house.py layouts extractors pipeline/batch
wheel-test: $(VENV)/.development ## build the wheel, run pytest against it
	@rm -rf $(WHEEL) build/lib* build/bdist.* build/temp.*
	@$(PIP) wheel --no-deps --no-build-isolation --wheel-dir $(WHEEL)/dist .
	@$(BIN)/python -m venv --without-pip $(WHEEL)/venv
	@$(PIP) --python $(WHEEL)/venv install --no-deps --no-index $(WHEEL)/dist/*.whl
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> $$($(WHEEL)/venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/libraries.pth
	@mkdir $(WHEEL)/project $(WHEEL)/project/output
	@cp -R tests samples docs benchmarks pyproject.toml LICENSE *.md $(WHEEL)/project
	@cp output/README.md $(WHEEL)/project/output
	@cd $(WHEEL)/project && KEIKAKU_FROM_WHEEL=1 ../venv/bin/python -P -m pytest -n 2 $(SAME_FROM_SOURCE:%=--ignore tests/%)

format: $(VENV)/.development ## format the code and apply the safe fixes
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

generated: $(VENV)/.development ## write what is generated in the READMEs, docs/layouts.md and output/README.md
	@$(BIN)/python tests/support/generated.py

stress: $(VENV)/.development ## the heavy promises (up to 20 minutes)
	@$(BIN)/pytest -m stress

bench: $(VENV)/.development ## every benchmark, one after the other
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

# Pins every library with its hashes for any platform; newer releases: make lock UPGRADE=--upgrade
# What develops is resolved first, since it holds what runs besides: one version of each for both.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command 'make lock' $(UPGRADE) pyproject.toml
lock: $(BIN)/uv ## pin the libraries of pyproject.toml in the two lock files
	@$(COMPILE) --group build --group dev --all-extras --output-file requirements-dev.lock
	@$(COMPILE) --group build --constraints requirements-dev.lock --output-file requirements.lock

clean: ## remove what make made, but for output/
	@rm -rf $(VENV) build extractors/pdf/*.so .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The stamps: what was installed, for make to see that nothing has changed since.

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("keikaku needs Python 3.11 or later; run: make PYTHON=/path/to/python3.11 …")'
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml $(wildcard extractors/pdf/*.[ch]) | $(BIN)/python
	@echo "Installing the pinned libraries …"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.development: requirements-dev.lock $(VENV)/.runtime
	@echo "Installing the development tools …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

$(BIN)/uv: | $(BIN)/python
	@$(PIP) install uv

build/typing/keikaku:
	@mkdir -p build/typing
	@ln -sfn ../.. $@
