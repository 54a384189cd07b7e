# run: set everything up, read the specimen in six languages, keep it in a library, and tell what is due. test, lint, bench, soak: what they say.
PYTHON ?= python3
BIN := .venv/bin
# A library of the specimen, made anew whenever it is deleted.
SPECIMEN := .specimen-library
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test lint bench soak clean

run: .venv/run
	$(BIN)/ploughshare read specimen/text
	$(BIN)/ploughshare add specimen/xml specimen/pdf --library $(SPECIMEN)
	$(BIN)/ploughshare due --on 2045-03-01 --library $(SPECIMEN)
	$(BIN)/ploughshare agenda 100 --on 2045-03-01 --library $(SPECIMEN)
	@echo
	@echo "To look at it in a browser: $(BIN)/ploughshare serve --library $(SPECIMEN) --on 2045-03-01, then http://localhost:8000/"

test: .venv/dev
	$(BIN)/python -m pytest -n auto

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev
	$(BIN)/python -m bench

soak: .venv/dev
	PLOUGHSHARE_SOAK=1 $(BIN)/python -m pytest -n auto

# What the program needs; the lock file names every version and digest.
.venv/run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

# What its tests need besides.
.venv/dev: .venv/run requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

clean:
	rm -rf .venv $(SPECIMEN)
