# Everything runs in .venv, which the first target that needs it makes. `make help` lists the targets.

VENV := .venv
BIN := $(VENV)/bin

# Installed when newer than what they stand for: the package with all it needs at run time; the
# developers' tools on top of it.
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp

# Written by npm when it is done.
EDITOR := tests/editor/node_modules/.package-lock.json

# Each candidate is really run: a version manager's `python3.13` may be there and yet not start.
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)

PIP := $(BIN)/python -m pip --disable-pip-version-check
# The locks name all that is needed; older versions of pip look past them for extras otherwise.
INSTALL := $(PIP) install --quiet --no-deps

SPECS ?= $(sort $(wildcard examples/*bikube.yaml examples/*/*bikube.yaml))
OUT ?= deploy
JOBS ?= auto
PYTEST_ARGS ?=
UPGRADE ?=
ROWS ?=
MODULES ?=
SAMPLE ?= 20
SEED ?=
COUNT ?= 10000
FIRST ?= 0
KILLS ?= 300
PAIRS ?= 100
LIMITS ?=

# Universal: one lock for every platform and for each Python from 3.11 on.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

$(VENV)/pyvenv.cfg:
	@$(or $(PYTHON),false) -c '$(IS_NEW_ENOUGH)' 2>/dev/null || { \
		echo 'bikube needs Python 3.11 or later; $(if $(PYTHON),$(PYTHON) is not,none is on PATH);' \
			'install one, or name it with PYTHON=...' >&2; exit 1; }
	@echo 'setting up $(VENV)' >&2
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN): $(VENV)/pyvenv.cfg pyproject.toml requirements/run.txt
	@echo 'installing bikube' >&2
	@$(INSTALL) -r requirements/run.txt
	@$(INSTALL) --no-build-isolation --editable .
	@touch $@

# The wheelhouse is what tests install from, since they use no network.
$(DEV): $(RUN) requirements/dev.txt
	@echo 'installing the development tools' >&2
	@$(INSTALL) -r requirements/dev.txt
	@rm -rf $(VENV)/wheelhouse
	@$(PIP) wheel --quiet --no-deps -r requirements/run.txt --wheel-dir $(VENV)/wheelhouse
	@touch $@

# Only where there is npm: without it, the tests of what editors do are skipped, and say so.
$(EDITOR): tests/editor/package-lock.json
	@echo 'installing the language server and the formatter of the editor tests' >&2
	@npm ci --silent --prefix tests/editor || echo 'npm ci failed; no editor is tested' >&2

.PHONY: editor
editor: $(EDITOR) ## install what the editor tests need (npm)

.PHONY: generate
generate: $(RUN) ## lint the examples and render them into deploy/ (SPECS=, OUT=)
	@$(BIN)/bikube generate $(SPECS) --out '$(OUT)'

.PHONY: setup
setup: $(DEV) ## install the package and the development tools into .venv (PYTHON=)

.PHONY: format
format: $(DEV) ## rewrite the Python files in the project's format
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

.PHONY: lint
lint: $(DEV) ## check format and style of the Python and YAML files
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/yamllint --strict .

.PHONY: types
types: $(DEV) ## check the types
	$(BIN)/mypy

.PHONY: layers
layers: $(DEV) ## check that imports point downward
	$(BIN)/lint-imports

# By files, since tests of one share what takes long to make: copies, environments, processes.
.PHONY: test
test: $(DEV) $(if $(shell command -v npm 2>/dev/null),$(EDITOR)) ## run the tests (PYTEST_ARGS=, JOBS=)
	$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

# A machine without Go runs the tests too: they say what they lack.
.PHONY: server
server: $(DEV) ## build the API server that the tests ask, once for each change of it (Go)
	@! command -v go >/dev/null || $(BIN)/python -m tests.server.build

.PHONY: test-server
test-server: server ## ask a real API server about every manifest
	$(BIN)/pytest -n 0 -rs tests/server

.PHONY: check
check: lint types layers test ## all of the checks

.PHONY: golden
golden: $(DEV) ## rewrite the expected files of golden cases and the plant, and what pages show
	$(BIN)/pytest -n 0 --update-golden tests/project/test_golden.py tests/project/test_plant.py \
		tests/project/test_tutorial.py tests/project/test_pictures.py tests/app/test_crds.py

.PHONY: schemas
schemas: $(DEV) ## derive the schemas from the types in a Bicep CLI (BICEP=)
	@$(BIN)/python -m scripts.schemas '$(BICEP)'

.PHONY: rules
rules: $(DEV) ## rewrite the index of the rule files
	$(BIN)/python scripts/write_rules_index.py

.PHONY: widths
widths: $(DEV) ## rewrite how wide characters are on a terminal
	$(BIN)/python scripts/write_widths.py

.PHONY: counts
counts: $(DEV) ## rewrite how many tests each folder has
	$(BIN)/python scripts/write_test_counts.py

.PHONY: docs
docs: $(DEV) ## rewrite the generated pages of docs/
	$(BIN)/python scripts/write_docs.py
	$(BIN)/python scripts/write_architecture.py

.PHONY: bench
bench: $(DEV) ## measure speed and memory, as ratios (ROWS=)
	$(BIN)/python -m benchmarks $(ROWS)

.PHONY: mutants
mutants: $(DEV) ## change the code at random to see whether tests notice (MODULES=, SAMPLE=, SEED=)
	$(BIN)/python -m mutants $(MODULES) --sample $(SAMPLE) $(if $(SEED),--seed $(SEED)) $(LIMITS)

.PHONY: fuzz
fuzz: $(DEV) ## try random inputs: does anything fail? (COUNT=, SEED=, FIRST=)
	$(BIN)/python -m fuzz --count $(COUNT) --first $(FIRST) $(if $(SEED),--seed $(SEED)) $(LIMITS)

.PHONY: kills
kills: $(DEV) ## kill runs and start pairs of them: is anything lost? (KILLS=, PAIRS=, SEED=)
	$(BIN)/python -m fuzz.runs --kills $(KILLS) --pairs $(PAIRS) $(if $(SEED),--seed $(SEED))

.PHONY: build
build: $(DEV) ## build the wheel and the source distribution into dist/
	$(BIN)/python -m build --no-isolation

.PHONY: lock
lock: $(DEV) ## pin the requirements again (UPGRADE=--upgrade takes newer versions)
	$(COMPILE) pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(COMPILE) requirements/dev.in --output-file requirements/dev.txt

.PHONY: clean
clean: ## remove everything that the targets made
	rm -rf $(VENV) build deploy dist tests/editor/node_modules .coverage .coverage.* .hypothesis \
		.import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
