# The two commands are `make demo` and `make test`; the environment is made on first need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test test-all lint serve bench train-findings train-following constraints clean
.DELETE_ON_ERROR:

demo: $(READY)
	$(BIN)/matters demo

# A process a core, four at most, each with whole files of tests, in their order: the slow ones, of
# whole batches, come early, and nobody waits for the last of them. One thread of arithmetic in each,
# for threads that wait for each other are slower than none.
# What takes minutes by itself is left to test-all.
TESTS = OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test: $(READY)
	$(TESTS) -m "not long"

test-all: $(READY)
	$(TESTS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

serve: $(READY)
	$(BIN)/matters serve

bench: $(READY)
	$(BIN)/python benchmarks/run_all.py

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Matters Arising needs Python 3.11 or newer; name one with: make PYTHON=python3.11 demo")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	# Its own requirements are not needed for what we use of it, and one of them wants a compiler.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --constraint constraints.txt resemblyzer
	$(BIN)/python -c "from models.findings.base import base_folder; base_folder()"
	@touch $(READY)

# From labels to models/artefacts/findings.npz: about an hour on two cores, and it goes on where it
# was stopped. SHARED is the folder that holds the benchmarks and samples the labels belong to.
SHARED ?= ../shared
train-findings: $(READY)
	$(BIN)/python -m models.training.train_findings --benchmarks $(SHARED)/benchmarks --seattle $(SHARED)/samples/seattle/seattle-2020.zip

# Statuses, settling words, links and threads, from the project's own invented material: three minutes.
train-following: $(READY)
	OMP_NUM_THREADS=1 $(BIN)/python -m models.training.train_following

# Installs everything anew, without pins, and writes down what came: run it to move to newer releases.
constraints:
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m pip install --quiet --no-deps resemblyzer
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu//' > constraints.txt
	touch $(READY)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache build dist
