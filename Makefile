# make run    install, build the index of the plans, serve it on http://127.0.0.1:8000
# make test   install what the tests need, and pass them
# make check  format, lint, strict types
# make bench  the figures of docs/measurements.md, measured on this machine
# make eval   how often the evidence comes first, and how often answers and refusals are right
# make wheel  build the wheel into dist/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test check format bench eval wheel clean

run: $(VENV)/.run
	$(BIN)/planqa build
	$(BIN)/planqa serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev
	$(BIN)/python -m eval.bench

eval: $(VENV)/.dev
	$(BIN)/planqa build
	$(BIN)/planqa eval check
	$(BIN)/planqa eval run
	$(BIN)/planqa eval ablate
	$(BIN)/python -m eval.directions
	$(BIN)/python -m eval.variants

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel

clean:
	rm -rf $(VENV) var dist build

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "planqa needs Python 3.11 or newer: make run PYTHON=python3.12, say")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.dev: pyproject.toml constraints-dev.txt | $(BIN)/python
	$(PIP) --constraint constraints-dev.txt --editable '.[dev]'
	touch $@ $(VENV)/.run
