# A newcomer needs two commands: `make run` and `make test`. Both build .venv first and, from the second time on,
# find everything in place. Needed beforehand: Python 3.11 or newer with its venv module, make and git.

PYTHON ?= python3
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
# Every file is pinned with its hash, so pip has nothing to resolve.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps
LOCK := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make requirements"
BABEL := $(BIN)/python -m babel.messages.frontend
LANGUAGES := fr es ar zh_Hans ru
WORDS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)
# A DATABASE_URL of the caller means his PostgreSQL, see tests/postgres.py.
ON_SQLITE := env -u DATABASE_URL
ON_POSTGRESQL := $(BIN)/python -m tests.postgres

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test drill bench lint format messages requirements clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

run: $(RUNTIME) $(WORDS) ## Start the site with the demo events on http://127.0.0.1:8000 (PORT= changes it)
	@PORT=$(PORT) $(BIN)/python -m site_cms.start

test: $(DEV) $(WORDS) ## Run the whole suite on SQLite, then on PostgreSQL (PYTEST_ARGS= is passed on)
	@echo "Tests on SQLite"
	@$(ON_SQLITE) $(PYTEST)
	@$(ON_POSTGRESQL) $(PYTEST) -m "not browser"

drill: $(DEV) $(WORDS) ## Run the races, kills and floods at full numbers on both databases
	@echo "Drills on SQLite"
	@DRILL=full $(ON_SQLITE) $(PYTEST) -m drill -s
	@DRILL=full $(ON_POSTGRESQL) $(PYTEST) -m "drill and not browser" -s

bench: $(DEV) $(WORDS) ## Measure what the site costs, as a table
	@$(BIN)/python -m bench

lint: $(DEV) ## Check style, types, the order of imports, templates, migrations and Django's own checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	find templates -name '*.html' -print0 | xargs -0r $(BIN)/djade --check --target-version 5.2
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

format: $(DEV) ## Format Python and templates, and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	find templates -name '*.html' -print0 | xargs -0r $(BIN)/djade --target-version 5.2 || true

messages: $(DEV) ## Collect the words to translate into locale/*/LC_MESSAGES/django.po
	@mkdir -p var
	@$(BABEL) --quiet extract --mapping pyproject.toml --output var/django.pot --add-comments Translators \
		--strip-comment-tags --add-location file --sort-by-file --project "IPPC Events" --version "" \
		--keyword gettext_lazy --keyword gettext_noop --keyword ngettext_lazy:1,2 \
		--keyword pgettext_lazy:1c,2 --keyword npgettext_lazy:1c,2,3 .
	@for language in $(LANGUAGES); do \
		$(BABEL) --quiet update --init-missing --no-fuzzy-matching --ignore-pot-creation-date \
			--input-file var/django.pot --output-dir locale --domain django --locale $$language; \
	done

requirements: $(DEV) ## Compile requirements/*.in into files with hashes (UPGRADE=--upgrade takes newer versions)
	cd requirements && ../$(LOCK) $(UPGRADE) base.in --output-file base.txt
	cd requirements && ../$(LOCK) $(UPGRADE) --constraints base.txt dev.in --output-file dev.txt

clean: ## Remove the environment and what can be made anew; var/ with its data stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name node_modules -prune -o -name __pycache__ -prune -exec rm -rf {} +
	rm -f locale/*/LC_MESSAGES/*.mo

# Both files exist only in a finished environment: pip comes last, and python is lost when the system's is replaced.
$(BIN)/python $(BIN)/pip &:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Python 3.11 or newer is needed as '$(PYTHON)'. Another one can be named: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Creating the Python environment in $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)

$(RUNTIME): requirements/base.txt | $(BIN)/python $(BIN)/pip
	@echo "Installing what the site needs (some 75 packages, half a minute on a good line)"
	@$(INSTALL) -r $<
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Installing what tests and checks need"
	@$(INSTALL) -r $<
	@touch $@

$(WORDS) &: $(WORDS:.mo=.po) | $(RUNTIME)
	@$(BABEL) --quiet compile --directory locale --domain django
