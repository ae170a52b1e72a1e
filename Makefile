# Two commands are enough: `make run` and `make test`. Both work from a bare checkout with Python 3.11.

PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
W ?= queries
EXECUTING := tests/resolvers tests/resolvers_streams tests/gql_ems tests/e2e tests/e2e_js tests/docs

.DEFAULT_GOAL := help
.PHONY: help run test lint types layers unit schema web bench clean

help: ## Show this help
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/.installed web ## Start the sandbox upstreams and the gateway over them (PORT=8000)
	@$(BIN)/gql-ems demo --port $(PORT)

test: $(VENV)/.tools lint types layers schema unit ## Run every check that CI runs

lint: $(VENV)/.tools ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.tools ## Types
	$(BIN)/mypy

layers: $(VENV)/.tools ## Who may import whom
	$(BIN)/lint-imports

schema: $(VENV)/.tools ## Is schema.graphql what the graph is?
	$(BIN)/gql-ems schema --check

unit: $(VENV)/.tools ## Tests; those that run operations a second time without compiling them
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(BIN)/python -m pytest -n 2 --dist loadfile --interpreted $(EXECUTING)

web: ## Build the playground's page where Node 20 is there
	@sh playground/build.sh

bench: $(VENV)/.tools ## Measure against the peers (W=queries, fanout, ingest, store, start, storm)
	$(BIN)/python -m benchmarks $(W)

clean: ## Remove what was built
	rm -rf $(VENV) .run artifacts playground/web/dist playground/web/node_modules

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 && $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.tools: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[test]'
	@touch $@
