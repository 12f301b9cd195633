# TrendFlow's commands. Each sets up what it needs by itself; `make help` lists them.
# SHELL=bash: recipes stop at the first failure, also inside a pipe.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# Programs that setup took from wheels stand in .venv/bin; the system's own come first.
export PATH := $(PATH):$(CURDIR)/.venv/bin
# Many tests run the program as its own process: let Python keep what it compiles.
unexport PYTHONDONTWRITEBYTECODE
# More arguments for pytest: make test PYTEST_ARGS="-k loudness"
PYTEST_ARGS ?=
# One file's tests stay in one process: what a file prepares once is prepared once.
WORKERS ?= 2

.PHONY: help setup setup-run demo test deep check corpus bench schemas lock

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Make .venv and everything the program, its tests and its checks need
	@.ci/setup.sh test

setup-run:
	@.ci/setup.sh run

demo: setup-run ## Analyse a sample video made on the spot and say where the report is
	@$(BIN)/trendflow demo

test: check ## Run the checks, then every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

deep: setup ## Walk 10,000 random steps through each ledger (half an hour)
	@HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest tests/contracts/test_ledger_machine.py --timeout=0 $(PYTEST_ARGS)

check: setup ## Format, lint, types, layers, dependencies, spelling, licences, features, schemas, lock
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry .
	@$(BIN)/codespell
	@$(BIN)/python .ci/licences.py
	@$(BIN)/python .ci/features.py
	@$(BIN)/python .ci/lock.py --check
	@if [ -f entrypoints/cli.py ]; then $(BIN)/python -m entrypoints.cli schemas --check; fi

corpus: setup ## Measure every clip of the shared corpus with `full`, write docs/corpus.md (half an hour)
	@$(BIN)/python -m tests.e2e.walk $(CORPUS_ARGS)

bench: setup ## Measure speed and memory, side by side in one run
	@$(BIN)/python -m pytest tests/benchmarks -m bench -p no:randomly --timeout=0 -s $(PYTEST_ARGS)

schemas: setup ## Write the artifact schemas and the pages made from them anew
	@$(BIN)/python -m entrypoints.cli schemas

lock: setup ## Resolve the dependencies anew into the lock files: make lock [UPGRADE=1]
	@$(BIN)/python .ci/lock.py $(if $(UPGRADE),--upgrade)
