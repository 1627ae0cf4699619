# The habits of this house. `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

# The first Python of at least 3.12 that can be found.
FIND_PYTHON = for python in $$PYTHON python3 python3.14 python3.13 python3.12 python; do \
	command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { echo $$python; break; }; done

.PHONY: help env run test lint format seed messages accessibility bench

help: ## Lists the habits
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

.venv/run: requirements/run.lock
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "Python 3.12 or newer is needed; name it with: make $(MAKECMDGOALS) PYTHON=/path/to/python3"; exit 1; fi; \
	[ -x $(PY) ] || $$python -m venv .venv
	@echo "Installing what the hub runs on …"
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements/run.lock
	@touch $@

.venv/dev: requirements/dev.lock .venv/run
	@echo "Installing what its tests run on …"
	@$(PY) -m pip install --quiet --require-hashes --no-deps -r requirements/dev.lock
	@touch $@

env: .venv/dev ## Makes the environment in .venv from the lock files

run: .venv/run ## Makes everything that is missing and serves the site on 127.0.0.1:8000
	@$(PY) manage.py set_up
	@DJANGO_SETTINGS_MODULE=hub.settings.development $(PY) -m honcho start

seed: .venv/run ## Plants the first content; what an editor has changed is left alone
	@$(PY) manage.py seed

test: .venv/dev ## Runs the tests; what the machine lacks is skipped with the reason
	@$(PY) -m pytest -n 2 --dist loadgroup $(ARGS)

lint: .venv/dev ## Checks style, types, floors, templates, migrations and catalogues
	@PATH="$(CURDIR)/.venv/bin:$$PATH" .ci/lint

format: .venv/dev ## Formats Python and templates
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix --quiet .
	@.venv/bin/djade $$(git ls-files 'templates/*.html'); .venv/bin/djhtml --tabwidth 2 $$(git ls-files 'templates/*.html')

messages: .venv/dev ## Gathers the texts for translation and compiles the catalogues
	@$(PY) manage.py gather_messages

accessibility: .venv/dev ## Looks at every kind of page with axe and writes down what the accessibility statement tells
	@HUB_RECORD_ACCESSIBILITY=1 $(PY) -m pytest -n 0 -q tests/browser/test_accessibility.py -k axe

bench: .venv/dev ## Runs the benchmarks
	@for file in benchmarks/*.py; do echo "== $$file"; $(PY) $$file || exit 1; done
