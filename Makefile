# What a fresh machine needs: git, make, Python 3.11 or later. Everything else goes into .venv.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
BIN := .venv/bin
# NATIVE=0 goes on without the native engine, and takes it out of .venv.
NATIVE ?= $(ARCBATT_NATIVE)
export ARCBATT_NATIVE := $(NATIVE)

# Tests run on several cores if pytest-xdist is installed, a file on one; SPREAD= runs them one after the other.
SPREAD ?= $$($(BIN)/python -c 'import xdist; print("-n auto --maxprocesses=4 --dist loadfile --no-loadscope-reorder")' 2>/dev/null)

# Pip does not compile what is installed as editable; where Python may not write, it would be compiled at each start.
COMPILE := $(BIN)/python -m compileall -q -x '/library/(solvers/|found/|differs)' src/arcbatt

# Two that install into .venv at once would disturb each other.
.NOTPARALLEL:
.PHONY: help demo test test-fast lint types bench docs native rust-test wheels bundle clean

help:  ## This list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "%-10s %s\n", $$1, $$2 }'

demo: .venv/.installed native  ## Evaluate the starter programs on two tasks and show what came out
	@$(BIN)/arcbatt demo --workspace .demo

test: .venv/.developing native  ## All tests
	@$(COMPILE)
	$(BIN)/python -m pytest $(SPREAD)

test-fast: .venv/.developing native  ## The tests without the slow ones
	@$(COMPILE)
	$(BIN)/python -m pytest $(SPREAD) -m "not slow"

lint: .venv/.developing  ## Style
	$(BIN)/ruff check .
	@$(BIN)/python tools/native.py lint

types: .venv/.developing  ## Static types
	$(BIN)/mypy

bench: .venv/.developing native  ## Every benchmark that the documentation quotes
	@mkdir -p build
	$(BIN)/python benchmarks/primitives.py
	$(BIN)/python benchmarks/journey.py
	$(BIN)/python benchmarks/nine_tasks.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/big.py --tasks 5
	$(BIN)/python benchmarks/engines.py
	$(BIN)/python benchmarks/matrix.py
	$(BIN)/python benchmarks/gpu.py
	$(BIN)/python benchmarks/gpu_search.py
	$(BIN)/python benchmarks/cluster.py --tasks 200 --repeats 3
	$(BIN)/python benchmarks/drivers.py --copies 2000 --tasks 200 --rounds 1
	$(BIN)/python benchmarks/calls.py
	$(BIN)/python benchmarks/search_rate.py
	$(BIN)/python benchmarks/memory.py --bounds 64 256 --random 100
	$(BIN)/python benchmarks/evolve.py
	$(BIN)/python benchmarks/solve.py --count 40
	$(BIN)/python benchmarks/generalization.py --set loo --every 10 --budgets 0.4
	$(BIN)/python benchmarks/families.py --every 10 --nodes 2500
	$(BIN)/python benchmarks/pages.py -o build/report.html
	$(BIN)/python benchmarks/trust.py --quick

docs: .venv/.developing native  ## The documentation site into build/docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs
	@echo "build/docs/index.html"

native: .venv/bin/python  ## The native engine into .venv, if a Rust toolchain is installed
	@$(BIN)/python tools/native.py install

rust-test: .venv/bin/python  ## The tests of the Rust code
	@$(BIN)/python tools/native.py test

wheels: .venv/bin/python  ## The wheels of arcbatt and arcbatt-native into dist
	@$(BIN)/python tools/wheels.py dist

# PYTHONS="3.12 3.13" names the versions of Python that it is for.
bundle: .venv/bin/python  ## These and every wheel that they need into dist, for machines without network
	@$(BIN)/python tools/wheels.py dist --bundle $(PYTHONS)

clean:  ## Remove what was made here
	rm -rf .venv .demo .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build rust/target docs/_made

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "arcbatt needs Python 3.11 or later; none was found. Name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) tools/step.py "creating .venv" $(PYTHON) -m venv .venv

PIP := $(BIN)/python -m pip install --disable-pip-version-check

.venv/.installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python tools/step.py "installing arcbatt and what it needs" $(PIP) --editable .
	@$(COMPILE)
	@touch $@

.venv/.developing: pyproject.toml | .venv/bin/python
	@$(BIN)/python tools/step.py "installing arcbatt and the tools to develop it" $(PIP) --editable '.[dev]'
	@$(COMPILE)
	@touch $@ .venv/.installed
