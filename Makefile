# modlab: two commands do everything, `make repl` and `make test`.

PREFIX ?= /usr/local
BUILD ?= .build
SWIFT ?= swift

PRODUCT := $(BUILD)/release/modlab
PROBE := $(BUILD)/release/lineEditingProbe
SOURCES := Sources Tests Package.swift
# Sessions in them are checked by `modlab test`.
DOCUMENTS := README.md Documentation/*.md Examples/*.md Tests/Transcripts/*.md \
	Tests/Transcripts/*.modlab-transcript
RELEASE := --configuration release --scratch-path $(BUILD)

.DEFAULT_GOAL := help
.PHONY: help repl build test product probe unit programs terminal lint format bench fuzz conformance install uninstall \
	clean dependencies test-dependencies

# Runs a suite, and prints its seconds.
SUITE_RUN := @Tests/Support/suite.py
JOBS ?= 2
AT_ONCE = @$(MAKE) --no-print-directory --jobs=$(JOBS) --output-sync=target
# Of `make fuzz`.
SEED ?= 1
SECONDS ?= 60

help:
	@echo 'make repl      installs what is missing, builds, starts modlab'
	@echo 'make test      installs what is missing, builds, checks everything'
	@echo
	@echo 'make build     the release build: $(PRODUCT)'
	@echo 'make unit      the Swift tests alone'
	@echo 'make programs  the sessions in documents, the examples and the command line alone'
	@echo 'make terminal  the tests in a pseudo-terminal alone'
	@echo 'make lint      checks the formatting, scripts and markup; make format changes the first'
	@echo 'make fuzz      random trials: SEED=$(SEED) begins, SECONDS=$(SECONDS) for each program of Tests/Fuzz'
	@echo 'make conformance TEST262=DIR NODE_TESTS=DIR'
	@echo '               runs test262, the tests of Node, the Node cases and the programs, and rewrites'
	@echo '               Documentation/conformance.md'
	@echo 'make bench     measures modlab against Node and esbuild; QUICK=1 in a minute'
	@echo 'make install   copies modlab to PREFIX/bin (PREFIX is $(PREFIX))'
	@echo 'make clean     removes what was built'

repl: build
	@$(PRODUCT)

build: dependencies
	@test -x $(PRODUCT) || echo 'building modlab: some minutes, this once'
	@$(SWIFT) build $(RELEASE) --product modlab --quiet

# The order is by the time that a mistake costs. Suites run JOBS at a time: most of them use one core.
# The Swift tests come last, and their own closing lines end the output.
test: test-dependencies
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory product probe
	$(AT_ONCE) $(PROGRAMS) $(TERMINAL)
	@$(MAKE) --no-print-directory unit

programs: test-dependencies product
	$(AT_ONCE) $(PROGRAMS)

terminal: test-dependencies product probe
	$(AT_ONCE) $(TERMINAL)

product: test-dependencies
	$(SUITE_RUN) 'build' $(SWIFT) build $(RELEASE) --product modlab --quiet

probe: test-dependencies
	$(SUITE_RUN) 'probe, build' $(SWIFT) build $(RELEASE) --product lineEditingProbe --quiet

unit: test-dependencies
	$(SUITE_RUN) 'tests, build' $(SWIFT) build $(RELEASE) --build-tests --quiet
	$(SUITE_RUN) 'Swift tests' --closing $(SWIFT) test $(RELEASE) --skip-build --quiet $(if $(SUITE),--filter '$(SUITE)')

# The suites of programs and of the terminal, each a target: `make recovery`. They need what is built.
PROGRAMS := sessions examples random-lines random-sources random-graphs graphs-in-steps random-jobs programs-of-node \
	command-line departures changes exports hints depth stops random-stops last-words
TERMINAL := line-editing random-keys recovery prompt closing ctrl-c recording
.PHONY: $(PROGRAMS) $(TERMINAL)

sessions:
	$(SUITE_RUN) 'sessions' $(PRODUCT) test $$(grep -l '```modlab\|^modlab> ' $(DOCUMENTS))
examples:
	$(SUITE_RUN) 'examples' Tests/Programs/examples.py $(PRODUCT)
command-line:
	$(SUITE_RUN) 'command line' Tests/Programs/command_line.py $(PRODUCT)
programs-of-node:
	$(SUITE_RUN) 'programs' Tests/Conformance/programs.py $(PRODUCT)
exports:
	$(SUITE_RUN) 'exports' Tests/Programs/exports.py $(PRODUCT)
hints:
	$(SUITE_RUN) 'hints' Tests/Programs/hints.py $(PRODUCT)
departures:
	$(SUITE_RUN) 'departures' Tests/Programs/departures.py $(PRODUCT)
changes:
	$(SUITE_RUN) 'changes' Tests/Programs/changes.py $(PRODUCT)
last-words:
	$(SUITE_RUN) 'last words' Tests/Programs/last_words.py $(PRODUCT)
random-lines:
	$(SUITE_RUN) 'random lines' Tests/Fuzz/commands.py $(PRODUCT) --trials 40
random-sources:
	$(SUITE_RUN) 'random sources' Tests/Fuzz/sources.py $(PRODUCT) --trials 20
depth:
	$(SUITE_RUN) 'depth' Tests/Programs/depth.py $(PRODUCT)
random-graphs:
	$(SUITE_RUN) 'random graphs' Tests/Fuzz/graphs.py $(PRODUCT) --count 200
graphs-in-steps:
	$(SUITE_RUN) 'graphs in steps' Tests/Fuzz/stepped_graphs.py $(PRODUCT) --count 150
random-jobs:
	$(SUITE_RUN) 'random jobs' Tests/Fuzz/jobs.py $(PRODUCT) --trials 3
stops:
	$(SUITE_RUN) 'stops' Tests/Programs/stops.py $(PRODUCT)
random-stops:
	$(SUITE_RUN) 'random stops' Tests/Fuzz/stops.py $(PRODUCT) --seed 1 --seconds 5

prompt:
	$(SUITE_RUN) 'prompt' Tests/Terminal/prompt.py $(PRODUCT)
recording:
	$(SUITE_RUN) 'recording' Tests/Terminal/recording.py $(PRODUCT)
recovery:
	$(SUITE_RUN) 'recovery' Tests/Terminal/recovery.py $(PRODUCT)
closing:
	$(SUITE_RUN) 'closing' Tests/Terminal/hang_up.py $(PRODUCT)
ctrl-c:
	$(SUITE_RUN) 'Ctrl-C' Tests/Terminal/interrupts.py $(PRODUCT)
random-keys:
	$(SUITE_RUN) 'random keys' Tests/Fuzz/keys.py $(PRODUCT) --trials 8
line-editing:
	$(SUITE_RUN) 'line editing' Tests/Terminal/line_editing.py $(PROBE)

# Random trials, each program of them for SECONDS from SEED on.
fuzz: test-dependencies build
	@failed=; for trial in Tests/Fuzz/*.py; do [ -x "$$trial" ] || continue; \
		Tests/Support/suite.py "$$(basename "$$trial" .py)" "$$trial" $(PRODUCT) --seed $(SEED) --seconds $(SECONDS) \
		|| failed="$$failed $$trial"; done; [ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }

conformance: test-dependencies build
	@[ -n '$(TEST262)' ] && [ -n '$(NODE_TESTS)' ] || \
		{ echo 'make conformance TEST262=DIR NODE_TESTS=DIR: folders of tc39/test262 and denoland/node_test' >&2; exit 2; }
	@$(SWIFT) build $(RELEASE) --build-tests --quiet
	@Tests/Conformance/conformance.py $(PRODUCT) '$(TEST262)' '$(NODE_TESTS)' --scratch-path $(BUILD)

lint:
	$(SUITE_RUN) 'format' $(SWIFT) format lint --strict --parallel --recursive $(SOURCES)
	$(SUITE_RUN) 'scripts' .ci/lint-scripts
	$(SUITE_RUN) 'primordials' .ci/lint_primordials.py
	$(SUITE_RUN) 'behaviour' .ci/lint_behaviour.py
	$(SUITE_RUN) 'door' .ci/lint_door.py

format:
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: build
	@$(SWIFT) build $(RELEASE) --product parsingBench --quiet
	@Benchmarks/run $(if $(QUICK),--quick)

install: build
	@install -d '$(DESTDIR)$(PREFIX)/bin'
	@install -m 755 $(PRODUCT) '$(DESTDIR)$(PREFIX)/bin/modlab'
	@echo 'installed $(DESTDIR)$(PREFIX)/bin/modlab'

uninstall:
	@rm -f '$(DESTDIR)$(PREFIX)/bin/modlab'

clean:
	@rm -rf $(BUILD) Package.resolved

dependencies:
	@.ci/install-dependencies libedit-dev libjavascriptcoregtk-4.1-dev pkg-config

test-dependencies: dependencies
	@.ci/install-dependencies less python3 tmux
