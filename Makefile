# The commands of the project; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: run build test test-asan test-tsan interop soak bench profile fuzz fuzz-match fuzz-tables tidy clean help

# The Swift runtime goes into the programs, so that a machine without Swift runs them.
RELEASE := swift build -c release --static-swift-stdlib

# Port of the demonstration; a free one is taken when it is in use.
PORT ?= 8080
# Seconds that each target of `make fuzz` runs.
SECONDS_EACH ?= 300
# Seconds that `make soak` runs.
SOAK_SECONDS ?= 600
# Random tables of `make fuzz-match`, one a seed, and requests to each.
SEEDS ?= 1-20000
REQUESTS ?= 500
# Hostile tables of `make fuzz-tables`, and the seed of the first.
COUNT ?= 1000000
SEED ?= 1

run: build ## Start the demonstration: an origin, the proxy before it, and what to try
	@Scripts/run $(PORT)

build: ## Build the programs into .build/release
	@Scripts/bootstrap
	@$(RELEASE)

test: ## Run every test: style, units, end to end, interop
	@Scripts/bootstrap --tests
	@Scripts/test

test-asan: ## Run the tests with the address sanitizer
	@Scripts/bootstrap --tests
	@Scripts/test --asan

test-tsan: ## Run the tests with the thread sanitizer
	@Scripts/bootstrap --tests
	@Scripts/test --tsan

soak: build ## Run the proxy under everything at once while backends die, for SOAK_SECONDS
	@Scripts/bootstrap --tests
	@SOAK_SECONDS=$(SOAK_SECONDS) Scripts/soak

interop: build ## Every client and server that nobody here wrote, Chromium among them, direct and through the proxy
	@Scripts/bootstrap --interop
	@.venv/bin/python -B Tests/Interop/matrix_cases.py .build/release --browser
	@.venv/bin/python -B Tests/Interop/page_cases.py .build/release

bench: build ## Measure the proxy beside others, and the parts of it
	@Scripts/bench

profile: build ## Make the optimizer's profile of the hot side anew
	@Scripts/bootstrap --tests
	@Scripts/profile

fuzz: ## Feed the parsers garbage, SECONDS_EACH for each target
	@Scripts/bootstrap
	@Scripts/fuzz $(SECONDS_EACH)

fuzz-match: build ## Compare the matcher with the oracle: SEEDS=1-20000, REQUESTS=500 to each table
	@Scripts/fuzz-match $(SEEDS) $(REQUESTS)

fuzz-tables: ## Feed the loader hostile tables: COUNT of them, from SEED
	@Scripts/bootstrap
	@Scripts/fuzz-tables $(COUNT) $(SEED)

tidy: ## Check the style
	@Scripts/tidy
	@swift format lint --recursive --strict --parallel Package.swift Sources Tests

clean: ## Remove all that was built
	@rm -rf .build .venv

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' \
		| awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'
