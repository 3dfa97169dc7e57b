# Every task of Tillproof, and the only list of them. `make` says what there is.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:

# On a build machine, what is built outlives the checkout.
ifdef CI
CARGO_TARGET_DIR ?= $(HOME)/.cache/tillproof/target
endif
CARGO_TARGET_DIR ?= $(CURDIR)/target
export CARGO_TARGET_DIR

# Tools are kept inside a target directory that belongs to this checkout, and beside a shared one.
ifneq ($(filter $(CURDIR)/%,$(CARGO_TARGET_DIR)),)
TOOLS := $(CARGO_TARGET_DIR)/tools
else
TOOLS := $(patsubst %/,%,$(dir $(CARGO_TARGET_DIR)))/tools
endif
TAURI_DRIVER_VERSION := 2.1.0
TAURI_DRIVER := $(TOOLS)/tauri-driver-$(TAURI_DRIVER_VERSION)/bin/tauri-driver
TAURI_CLI_VERSION := 2.12.5

WINDOW := $(CARGO_TARGET_DIR)/debug/tillproof-desktop
UI_SOURCES := $(shell find ui/src ui/messages ui/public ui/index.html ui/package-lock.json ui/*.config.* ui/project.inlang \
	-path ui/src/paraglide -prune -o -path ui/project.inlang/cache -prune -o -type f -print 2>/dev/null)
PHASE := .ci/phase
# Programs and tests in one go, so that both share one set of dependencies.
BUILD := cargo build --workspace --bins --tests

.PHONY: help
help: ## Say what there is
	@echo "Tillproof. make TASK, where TASK is one of:"
	@sed -nE 's/^([a-z0-9-]+):[^#]*## (.*)/  \1\t\2/p' Makefile | expand -t 16

.PHONY: deps
deps: ## Install what building and running the window needs
	@$(PHASE) "system packages" .ci/packages build

.PHONY: run
run: deps ui/dist/index.html ## Build what has changed and open the window
	@$(PHASE) "window, built" cargo build --workspace --bin tillproof-desktop
	@if [[ "$$(uname)" == Linux && -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then \
	  echo "The window is built, but there is no display to open it on."; \
	  echo "Start it from a desktop session: $(WINDOW)"; \
	  echo "Without a display, the command line does the same: cargo run -p tillproof-cli -- --help"; \
	  exit 1; \
	fi
	@$(WINDOW)

.PHONY: test
test: test-deps ui/dist/index.html ## Test everything, the real window included
	@$(PHASE) "Rust, built" $(BUILD)
	@$(PHASE) "Rust" cargo test --workspace --no-fail-fast
	@$(PHASE) "screens" npm --prefix ui test
	@$(PHASE) "stories in the window" $(MAKE) --no-print-directory e2e-only

.PHONY: test-core
test-core: ## Test everything that needs no window: no GTK, no Node
	@$(PHASE) "Rust without the window, built" cargo build --bins --tests
	@$(PHASE) "Rust without the window" cargo test --no-fail-fast

.PHONY: e2e
e2e: test-deps ui/dist/index.html ## Test only the stories in the real window
	@$(PHASE) "Rust, built" $(BUILD)
	@$(PHASE) "stories in the window" $(MAKE) --no-print-directory e2e-only

# A display and a message bus of their own: what drives the window does not meet the desktop it runs on.
# The display stays as it is when the last window on it closes: what connects while it starts anew would be cut off.
IN_WINDOW = TILLPROOF_WINDOW=$(WINDOW) TAURI_DRIVER=$(TAURI_DRIVER) LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=1 \
  dbus-run-session --config-file=$(CURDIR)/tests/e2e/bus.conf -- xvfb-run -a -s "-screen 0 1600x1200x24 -noreset"

.PHONY: e2e-only
e2e-only: tests/e2e/node_modules/.lock
	@rm -rf out/e2e
	@$(IN_WINDOW) npm --prefix tests/e2e test

.PHONY: check
check: deps ui/dist/index.html ## Check form: formatting, lints, types, generated files
	@$(PHASE) "formatting" cargo fmt --all --check
	@$(PHASE) "lints" cargo clippy --workspace --all-targets -- -D warnings
	@$(PHASE) "screens" npm --prefix ui run check
	@$(PHASE) "bindings" cargo test --workspace --test api bindings

.PHONY: bindings
bindings: ## Write the TypeScript types anew from the Rust ones
	@UPDATE_BINDINGS=1 cargo test -p tillproof-api --test api bindings

OUT ?= out
.PHONY: demo
demo: ## Make the example shop and its report in OUT=out, without a display
	@rm -f $(OUT)/lindenhof-*.tillproof* $(OUT)/lindenhof-*.pdf
	@cargo run -p tillproof-cli -- demo $(OUT)

# A measurement is an ignored test whose name starts with bench_.
.PHONY: soak
soak: test-deps ## Test for long: a thousand kills, ten thousand random commands, two busy writers, 5 GiB of evidence
	@$(PHASE) "Rust without the window, built for speed" cargo build --release --workspace --exclude tillproof-desktop --bins --tests
	@TILLPROOF_SOAK=1 $(PHASE) "soak" cargo test --release --workspace --exclude tillproof-desktop --test journeys --test durability --no-fail-fast -- --nocapture

.PHONY: bundle
bundle: deps ui/dist/index.html ## Make an installer for this system (Debian package on Linux)
	@$(PHASE) "installer" bash -c 'cd src-tauri && npm exec --yes --package=@tauri-apps/cli@$(TAURI_CLI_VERSION) -- tauri build $(if $(filter Linux,$(shell uname)),--bundles deb)'
	@find $(CARGO_TARGET_DIR)/release/bundle -maxdepth 2 -type f

.PHONY: look
look: ui/node_modules/.lock ## Show every screen on a mock in Chromium (must be installed): pictures in OUT/look, axe on each
	@$(PHASE) "pictures" npm --prefix ui run look -- $(CURDIR)/$(OUT)/look

.PHONY: pictures
pictures: test-deps ui/dist/index.html tests/e2e/node_modules/.lock ## Take the pictures of README and docs/screens anew, in the real window
	@$(PHASE) "Rust, built" $(BUILD)
	@$(IN_WINDOW) node tests/e2e/pictures.js
	@UPDATE_SCREENS=1 $(IN_WINDOW) node --test tests/e2e/stories/screens.test.js

.PHONY: bench
bench: bench-window bench-import bench-large ## Measure everything: the window, taking in evidence, a workspace after many years

# That display has no graphics card; without the buffers made for one, the web view draws seven times as many frames.
.PHONY: bench-window
bench-window: test-deps ui/dist/index.html tests/e2e/node_modules/.lock ## Measure: how quickly the window starts, shows its longest list, and answers clicks
	@$(PHASE) "Rust, built" $(BUILD) --examples
	@$(IN_WINDOW) node tests/e2e/start.js
	@WEBKIT_DISABLE_DMABUF_RENDERER=1 TILLPROOF_PROGRAM=$(dir $(WINDOW))tillproof $(IN_WINDOW) node tests/e2e/bench.js
	@WEBKIT_DISABLE_DMABUF_RENDERER=1 TILLPROOF_PROGRAM=$(dir $(WINDOW))tillproof $(IN_WINDOW) node tests/e2e/clicks.js

.PHONY: bench-large
bench-large: ## Measure: every screen and saving in a workspace with a million journal entries
	@cargo test --release -p tillproof-tests --test bench -- --ignored --nocapture

.PHONY: bench-import
bench-import: ## Measure: how quickly evidence is taken in, beside restic where it is installed
	@$(PHASE) "the command line, built for speed" cargo build --release -p tillproof-cli
	@tests/bench/import.sh $(CARGO_TARGET_DIR)/release/tillproof

.PHONY: bench-peers
bench-peers: ## Measure: how quickly a large report is made, beside Typst and WeasyPrint (installed from PyPI)
	@$(PHASE) "the command line, built for speed" cargo build --release -p tillproof-cli
	@python3 -m venv $(CARGO_TARGET_DIR)/peers
	@$(CARGO_TARGET_DIR)/peers/bin/pip install --quiet typst weasyprint
	@$(CARGO_TARGET_DIR)/peers/bin/python tests/bench/peers.py $(CARGO_TARGET_DIR)/release/tillproof

.PHONY: clean
clean: ## Remove what was built in this checkout
	@rm -rf out ui/dist ui/node_modules tests/e2e/node_modules target
	@echo "Removed. What other checkouts share stays: $(CARGO_TARGET_DIR)"

# What follows is not meant to be called by name.

.PHONY: test-deps
test-deps:
	@$(PHASE) "system packages" .ci/packages build test
	@[[ -x $(TAURI_DRIVER) ]] || $(PHASE) "tauri-driver" env -u CARGO_TARGET_DIR \
	  cargo install tauri-driver --version $(TAURI_DRIVER_VERSION) --locked --quiet --root $(TOOLS)/tauri-driver-$(TAURI_DRIVER_VERSION)

ui/dist/index.html: ui/node_modules/.lock $(UI_SOURCES)
	@$(PHASE) "screens, built" npm --prefix ui run build
	@touch $@

# npm ci starts from nothing, so it runs only when the lock file says something new.
%/node_modules/.lock: %/package-lock.json
	@cmp -s $< $@ || { $(PHASE) "npm packages of $*" npm --prefix $* ci --no-audit --no-fund && cp $< $@; }
	@touch $@
