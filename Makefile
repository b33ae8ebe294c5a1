# make demo   set up once, then open the page; PORT=7861 (or GRADIO_SERVER_PORT) chooses the port
# make test   set up once, then ruff, mypy, import-linter, deptry and all tests; where there is npm, the page's code too
# make tidy   let ruff format and mend
# Set-up is done again only when pyproject.toml or the packages for Node change.

PYTHON ?= python3
BIN := .venv/bin
NPM := $(shell command -v npm)

.DEFAULT_GOAL := help
.PHONY: help demo test tidy

help:
	@sed -n 's/^# //p' Makefile

demo: .venv/ready-to-run
	$(if $(PORT),GRADIO_SERVER_PORT=$(PORT)) $(BIN)/python app.py

test: .venv/ready-to-test $(if $(NPM),node_modules/ready)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(if $(NPM),npm run check,@echo "There is no npm here: ESLint, types, unit tests and bundles of the page's code are left out.")
	$(BIN)/python -m pytest -n 2 --dist worksteal

tidy: .venv/ready-to-test
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/ready-to-run: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "attngan needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -e '.[digits]'
	@touch $@

.venv/ready-to-test: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "attngan needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -e '.[digits,test]'
	@touch .venv/ready-to-run $@

node_modules/ready: package.json package-lock.json .npmrc
	npm ci
	@touch $@
