# make demo   builds the example review; make test   checks everything. Both do all the set-up they need.
ifeq ($(OS),Windows_NT)
PY ?= python
BIN := .venv/Scripts
else
PY ?= python3
BIN := .venv/bin
endif
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check

# Stops before anything is made or downloaded. Any Python from 2.6 on can answer; sh and cmd both read the quotes.
answer = $(shell $(1) -c "import sys; v = sys.version_info; print(' '.join(map(str, (v >= (3, 11), '.'.join(map(str, v[:2]))))))")
judged = $(if $(filter True,$(1)),,$(error Benang needs Python 3.11 or newer, found $(or $(word 2,$(1)),none called $(2))$(3)))
needs_new = $(call judged,$(call answer,$(1)),$(1),$(2))
venv_there = $(wildcard $(BIN)/python*)

.PHONY: demo test check ui lint format bench wheels lowest pythons schemas countries soak clean help

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

demo: .venv/installed ## build the example review and say which file to open
	@$(PYTHON) scripts/build_ui.py
	@$(PYTHON) -m benang build examples/sister-cities

test: .venv/installed-dev ## lint, types, import contract, all tests, those of ui/, examples in the docs
	$(PYTHON) scripts/check.py --all

check: .venv/installed-dev ## lint, types, import contract, and the fast tests that concern what was changed
	$(PYTHON) scripts/check.py

ui: .venv/installed-dev ## build pages and the interactive map from ui/ if it has changed, and fetch what checks it
	$(PYTHON) scripts/build_ui.py --tools

lint: .venv/installed-dev ## ruff, mypy and the import contract
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-dev ## format the code and sort its imports
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

bench: .venv/installed-dev ## benchmarks, each beside a peer or a floor (docs/benchmarks.md)
	$(PYTHON) benchmarks/records_kept.py
	$(PYTHON) benchmarks/reading.py
	$(PYTHON) benchmarks/duplicates.py
	$(PYTHON) benchmarks/references.py
	$(PYTHON) benchmarks/coding.py --build
	$(PYTHON) benchmarks/agreement.py
	$(PYTHON) benchmarks/screening.py
	$(PYTHON) benchmarks/network.py
	$(PYTHON) benchmarks/engines.py
	$(PYTHON) benchmarks/layout.py
	$(PYTHON) benchmarks/clustering.py
	$(PYTHON) benchmarks/layout_scaling.py
	$(PYTHON) benchmarks/drawing.py
	$(PYTHON) scripts/build_ui.py
	$(PYTHON) benchmarks/viewer.py
	$(PYTHON) benchmarks/pages.py
	$(PYTHON) benchmarks/demo.py

wheels: .venv/installed ## prove that every base dependency and the extras pdf and widget have wheels for Windows, macOS and Linux
	$(PYTHON) scripts/wheels.py

lowest: .venv/installed ## prove that the lowest versions of the libraries that are allowed build the examples
	$(PYTHON) scripts/lowest.py

pythons: .venv/installed ## build the examples with every Python from 3.11 to 3.13 that is here, and compare the bytes
	$(PYTHON) scripts/same_bytes.py

schemas: .venv/installed-dev ## write the JSON Schemas of the file formats into docs/reference/schemas
	$(PYTHON) scripts/schemas.py

countries: .venv/installed-dev ## write the table of countries anew, from ISO 3166 and CLDR
	$(PYTHON) scripts/countries.py

soak: .venv/installed-dev ## spoil, stop and damage in a hundred thousand ways (docs/reliability.md)
	$(PYTHON) -m pytest -q -n auto -m hypothesis --hypothesis-profile=soak tests
	$(PYTHON) scripts/soak.py
	$(PYTHON) scripts/soak_kills.py
	$(PYTHON) scripts/soak_judgements.py
	$(PYTHON) scripts/soak_signals.py
	$(PYTHON) scripts/soak_cache.py
	$(PYTHON) scripts/soak_folders.py
	$(PYTHON) scripts/soak_workbooks.py
	BENANG_KILLS=200 $(PYTHON) -m pytest -q -n0 tests/judgements/test_store.py -k kill

clean: ## remove what was made
	rm -rf .venv .venvs .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache examples/*/out benchmarks/out
	rm -rf ui/node_modules src/benang/viewer/static src/benang/web/static/*.js

.venv/created:
	$(if $(venv_there),,$(call needs_new,$(PY)))
	@test -x $(PYTHON) || $(PY) -m venv .venv
	@touch $@

.venv/installed: pyproject.toml | .venv/created
	$(if $(venv_there),$(call needs_new,$(PYTHON), in .venv: make clean removes it))
	@echo "Installing Benang into .venv (once; a minute or two) …"
	@$(PIP) -e ".[pdf]"
	@touch $@

.venv/installed-dev: pyproject.toml | .venv/created
	$(if $(venv_there),$(call needs_new,$(PYTHON), in .venv: make clean removes it))
	@echo "Installing Benang and its tools into .venv (once; a minute or two) …"
	@$(PIP) -e ".[dev]"
	@touch $@ .venv/installed
