# make run    everything on this machine; see README.md
# make test   what CI runs
# make bench  the figures that the service is held to
# make demo   a case played through, against the running service, else one of its own
# make screenshots   the pictures of README.md, taken anew
# The settings come from the environment: see the table in README.md.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PAGES := app/web/static/built/made
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
# what one process has compiled the next one need not
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test demo bench screenshots revision chromium clean

run: export REGLAMENT_DEMO = 1
run: .venv/installed $(PAGES)
	@exec $(BIN)/reglament run

demo: export REGLAMENT_DEMO = 1
demo: export REGLAMENT_TEST_CLOCK = 1
demo: .venv/installed $(PAGES)
	@exec $(BIN)/reglament demo

test: .venv/installed-test node_modules/installed $(PAGES) chromium
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

bench: .venv/installed-test
	$(BIN)/python -m tests.bench

screenshots: .venv/installed-test node_modules/installed $(PAGES) chromium
	$(BIN)/python -m tests.screenshots

# a migration for what changed in app/store/tables.py: make revision MESSAGE="what changed"
revision: .venv/installed-test
	$(BIN)/python migrations/revise.py $(MESSAGE)

clean:
	rm -rf .venv var *.egg-info node_modules app/web/static/built .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/installed: .venv/pyvenv.cfg setup.cfg pyproject.toml
	@echo "Installing (about a minute) ..."
	@$(BIN)/pip install -qq -e .
	@touch $@

.venv/installed-test: .venv/installed
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install -qq -e '.[test]'
	@touch $@

node_modules/installed: package.json package-lock.json
	@echo "Installing the viewers of the pages ..."
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): node_modules/installed package.json $(wildcard app/web/client/* app/web/client/*/*)
	@rm -rf $(@D)
	@npm run --silent build
	@touch $@

chromium:
	@command -v chromium >/dev/null && command -v chromium-headless-shell >/dev/null || { echo "Installing the browser of the tests ..."; \
		apt-get update -qq; apt-get install -y -qq chromium chromium-headless-shell; }

# Debian keeps ensurepip in a package of its own
.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { [ "$$(id -u)" = 0 ] && apt-get install -y -qq python3-venv; } \
		|| { echo 'Python has no ensurepip; install it: apt-get install python3-venv' >&2; exit 1; }
	@$(PYTHON) -m venv .venv
