# `make` lists the targets. Everything is installed into .venv, at the first start only.

PORT ?= 8000
WORKERS ?= 1
VENV := .venv
PY := $(VENV)/bin/python
RUN := $(VENV)/.installed-run
TEST := $(VENV)/.installed-test
LOAD_VENV := .data/load-venv
LOAD := $(LOAD_VENV)/.installed

# A .venv without a working interpreter (its Python was removed) is made anew.
BROKEN := $(shell $(PY) -c '' 2>/dev/null || echo FORCE)

.DEFAULT_GOAL := help
.PHONY: help run web serve test clients eval report bench bench-speed load lint format lock clean FORCE
.DELETE_ON_ERROR:

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUN) ## a chat in this terminal
	@$(PY) -m recsys_agent chat

web: $(RUN) ## the ADK dev UI on http://127.0.0.1:8000 (PORT=… for another port)
	@uri=$$($(PY) -m recsys_agent session-uri --port $(PORT)) && \
	  exec $(PY) -m google.adk.cli web --host 127.0.0.1 --port $(PORT) --session_service_uri "$$uri" recsys_agent </dev/null  # else ADK asks about telemetry

serve: $(RUN) ## the API server on http://127.0.0.1:8000/v1 (PORT=…, WORKERS=…)
	@exec $(PY) -m deployment.server --port $(PORT) --workers $(WORKERS)

test: $(TEST) ## the test suite, on all cores (ARGS=… for pytest; ARGS=-n0 for one process)
	@$(PY) -m pytest -n logical --maxprocesses 8 --dist worksteal $(ARGS)

clients: $(TEST) ## LangGraph, CrewAI and AG2 against our MCP server, in an environment of their own (1 GB)
	@test -e .data/clients/.installed || { $(PY) -m venv .data/clients && \
	  .data/clients/bin/python -m pip install -qq --no-input --disable-pip-version-check -r tests/clients/requirements.txt && \
	  touch .data/clients/.installed; }
	@$(PY) -m pytest tests/clients/check.py $(ARGS)

eval: $(TEST) ## the evaluation sets, with the report
	@$(PY) -m eval.run $(ARGS)

report: $(TEST) ## simulated shoppers against every strategy (CATALOG=… MODEL=… OUT=… ARGS=…)
	@$(PY) -m eval.report run $(if $(CATALOG),--catalog "$(CATALOG)") $(if $(MODEL),--model "$(MODEL)") \
	  $(if $(OUT),--out "$(OUT)") $(ARGS)

bench: $(TEST) ## how long a turn takes, and an exact plan
	@$(PY) -m eval.benchmarks.turn $(ARGS)
	@$(PY) -m eval.benchmarks.plans

bench-speed: $(TEST) ## what a catalogue costs by its size (ARGS=--large for a million products)
	@$(PY) -m eval.benchmarks.speed $(ARGS)

load: $(TEST) $(LOAD) ## shoppers of locust against the server, on this machine (ARGS=… such as --model-ms 800)
	@$(PY) -m eval.load --locust $(LOAD_VENV)/bin/locust $(ARGS)

lint: $(TEST) ## style, types and the direction of imports
	$(PY) -m ruff check --output-format concise
	$(PY) -m ruff format --check --output-format concise
	$(PY) -m pyright
	$(PY) $(VENV)/bin/lint-imports --no-logo

format: $(TEST) ## lays the code out and fixes what can be fixed
	$(PY) -m ruff check --fix-only
	$(PY) -m ruff format

lock: ## renews requirements*.txt from pyproject.toml (needs uv)
	uv pip compile $(LOCK) pyproject.toml --group test -o requirements-test.txt
	uv pip compile $(LOCK) pyproject.toml -c requirements-test.txt -o requirements.txt
	uv pip compile $(LOCK) --group load -o requirements-load.txt

clean: ## removes .venv and the caches; sessions and memory in .data stay
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
  --custom-compile-command "make lock" $(UPGRADE)

$(RUN): requirements.txt $(BROKEN)
	@$(ensure_venv)
	@echo "Installing the requirements into $(VENV) (once, about a minute) ..." >&2
	@$(install) -r requirements.txt
	@touch $@

# requirements-test.txt holds all of requirements.txt too, at the same versions.
$(TEST): requirements.txt requirements-test.txt $(BROKEN)
	@$(ensure_venv)
	@echo "Installing the requirements and the test tools into $(VENV) (once, a minute or two) ..." >&2
	@$(install) -r requirements-test.txt
	@touch $(RUN) $@

# Locust brings its own web server and event loop, which the project's environment shall not have.
$(LOAD): requirements-load.txt | $(TEST)
	@echo "Installing locust into $(LOAD_VENV) (once) ..." >&2
	@$(PY) -m venv $(LOAD_VENV)
	@$(LOAD_VENV)/bin/python -m pip install -qq --no-input --disable-pip-version-check --require-hashes -r requirements-load.txt
	@touch $@

install = $(PY) -m pip install -qq --no-input --disable-pip-version-check --require-hashes

# PYTHON, else the first that is 3.11 to 3.13; being asked, not just found, since a version manager's shim may be dead.
define ensure_venv
if ! $(PY) -c '' 2>/dev/null; then \
  fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))'; found=; bare=; \
  for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3); do \
    "$$python" -c "$$fits" 2>/dev/null || continue; \
    if "$$python" -c 'import ensurepip, venv' 2>/dev/null; then found=$$python; break; fi; \
    bare=$${bare:-$$python}; \
  done; \
  if [ -z "$$found$$bare" ]; then \
    echo "recsys_agent needs Python 3.11, 3.12 or 3.13; $(or $(PYTHON),python3) is: $$($(or $(PYTHON),python3) --version 2>&1 | head -n 1)." >&2; \
    echo "Install one, or name one: make run PYTHON=/path/to/python3.12" >&2; exit 1; \
  fi; \
  if [ -z "$$found" ]; then \
    echo "$$bare cannot make virtual environments: install the package python3-venv" >&2; \
    echo "(Debian, Ubuntu: apt-get install python3-venv), or name another one: make run PYTHON=/path/to/python3.12" >&2; exit 1; \
  fi; \
  rm -rf $(VENV); \
  "$$found" -m venv $(VENV) || { rm -rf $(VENV); exit 1; }; \
fi
endef
