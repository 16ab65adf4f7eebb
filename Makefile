# What one does with the project. Each target makes what it needs, so each works on a fresh clone:
# Python 3.11 or newer, git and make are enough.

VENV      := .venv
BIN       := $(VENV)/bin
PORT      ?= 8501
HEADLESS  ?= true
WAREHOUSE ?= data/warehouse
JOBS      ?= 2
EXAMPLES  ?= 5000

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test fuzz check lint types bench backtest data docs site lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(VENV)/run.stamp  ## make .venv with what the dashboard needs

setup-dev: $(VENV)/dev.stamp  ## make .venv with the test and build tools too, and the commit hooks
	$(BIN)/pre-commit install

run: setup  ## start the dashboard (PORT=8501, HEADLESS=false opens a browser), loading the sample first if need be
	@PYTHON=$(BIN)/python sh scripts/sample.sh "$(WAREHOUSE)"
	NTM_WAREHOUSE="$(WAREHOUSE)" $(BIN)/streamlit run app.py --server.port $(PORT) --server.headless $(HEADLESS)

test: lint types  ## linter, type check and all tests; browser tests when there is a browser
	@CHROME_PATH="$$(sh scripts/browser.sh)" && export CHROME_PATH && $(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

fuzz: $(VENV)/dev.stamp  ## damage good workbooks at random and read them (EXAMPLES=5000), divide those of money, otherwise in each run
	NTM_FUZZ_EXAMPLES=$(EXAMPLES) $(BIN)/pytest -q tests/etl/test_fuzz.py tests/etl/test_funding_splits_workbooks.py -n $(JOBS)

check: lint types  ## linter, type check and the rules of the architecture: the quick look before a commit
	$(BIN)/pytest -q tests/test_architecture.py

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

bench: $(VENV)/dev.stamp  ## measure pages, loading and the map, each against a plain baseline of the same run
	@PYTHON=$(BIN)/python sh scripts/sample.sh "$(WAREHOUSE)"
	@CHROME_PATH="$$(sh scripts/browser.sh)" && export CHROME_PATH && $(BIN)/python -m tests.bench

backtest: $(VENV)/dev.stamp  ## how often the projection's interval held, on the sample and on made-up provinces, into docs/projection.md
	$(BIN)/python -m tests.bench.projection

data: $(VENV)/dev.stamp  ## compile data/reference anew and write the sample workbooks
	$(BIN)/python -m etl.reference
	$(BIN)/python -m etl sample

docs: setup  ## write the data dictionary, the settings, the findings of a load and the cases of mess into docs
	$(BIN)/python -m ntm.docs
	$(BIN)/python -m etl.docs
	$(BIN)/python -m tests.case_table

site: $(VENV)/dev.stamp  ## build the documentation as a site that can be searched, into site/
	$(BIN)/python -m properdocs build --quiet

lock: $(VENV)/lock.stamp  ## resolve requirements*.in into requirements*.txt, with hashes (UPGRADE=--upgrade for newer ones)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements-dev.in -o requirements-dev.txt

clean:  ## remove the environment and the caches; the warehouse is somebody's data and stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment has a stamp for each set of packages, so that the second time costs nothing.

LOCK := $(BIN)/uv pip compile --quiet $(UPGRADE) --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

$(VENV)/pyvenv.cfg:
	@sh scripts/python.sh -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/pyvenv.cfg
	$(INSTALL) -r requirements.txt
	@touch $@

# Holds all of requirements.txt at the same versions.
$(VENV)/dev.stamp: requirements-dev.txt | $(VENV)/pyvenv.cfg
	$(INSTALL) -r requirements-dev.txt
	@touch $@ $(VENV)/run.stamp

$(VENV)/lock.stamp: | $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@touch $@
