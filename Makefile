# `make` alone lists what you can do. Paths are relative, so the folder may have any name.
.DEFAULT_GOAL := help
SHELL := /bin/sh
VENV_PYTHON := .venv/bin/python
MANAGE := $(VENV_PYTHON) manage.py
APPS := cms curriculum quizzes schools
# How many test processes at once.
TEST_WORKERS ?= 2
# Where `make demo` and `make run` answer, on 127.0.0.1.
PORT ?= 8000
# Words passed on to pytest; with them, no coverage is asked for.
ARGS ?=

export PYTHON

.PHONY: help demo demo-code run test check bench format messages migrations pins venv venv-dev clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

venv:
	@sh scripts/ensure_venv.sh base

venv-dev:
	@sh scripts/ensure_venv.sh dev

demo: venv ## Start the site with a demonstration state, on 127.0.0.1:8000 (Ctrl-C stops it)
	@exec env DJANGO_SETTINGS_MODULE=cms.settings.dev $(MANAGE) demo --port $(PORT)

demo-code: venv ## Show the sign-in codes of the demonstration's officials and operator
	@exec env DJANGO_SETTINGS_MODULE=cms.settings.dev $(MANAGE) demo_code

run: venv ## Start the site with the data that is there
	@exec $(MANAGE) serve --port $(PORT)

test: venv-dev ## Run every test with coverage (some only: make test ARGS="tests/schools -k roster")
	@sh scripts/ensure_system.sh chromium indic_fonts pango
	@sh scripts/run_tests.sh $(TEST_WORKERS) $(ARGS)

check: venv-dev ## Run the static checks: style, types, imports, migrations, translations, deployment
	@sh scripts/run_checks.sh

bench: venv-dev ## Measure the site's speed and its pages' weight (about 8 minutes; results: docs/benchmarks.md)
	@sh scripts/bench.sh $(ARGS)

format: venv-dev ## Put Python and templates into the house's form
	$(VENV_PYTHON) -m ruff check --fix .
	$(VENV_PYTHON) -m ruff format .
	find $(APPS) -name '*.html' -exec .venv/bin/djade --target-version 6.1 {} +

messages: venv-dev ## Bring the translation catalogues up to date
	$(MANAGE) make_messages

migrations: venv-dev ## Write migrations for changed models
	$(MANAGE) makemigrations
	$(MANAGE) create_max_migration_files --recreate --settings cms.settings.test

pins: venv-dev ## Resolve requirements/ again from pyproject.toml (newer versions: make pins ARGS=--upgrade)
	@sh scripts/resolve_pins.sh $(ARGS)

clean: ## Remove what can be made again; the database, uploads and secrets stay
	rm -rf .venv staticfiles htmlcov test-results .coverage .coverage.* .*_cache .hypothesis
	find $(APPS) scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find locale -name '*.mo' -delete
