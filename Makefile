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
.PHONY: help repl build test unit programs terminal lint format bench install uninstall clean dependencies \
	test-dependencies

help:
	@echo 'make repl      installs what is missing, builds, starts modlab'
	@echo 'make test      installs what is missing, builds, checks everything'
	@echo
	@echo 'make build     the release build: $(PRODUCT)'
	@echo 'make unit      the Swift tests alone'
	@echo 'make programs  the sessions in documents, the examples and the command line alone'
	@echo 'make terminal  the tests in a pseudo-terminal alone'
	@echo 'make lint      checks the formatting; make format changes it'
	@echo 'make bench     measures modlab against Node'
	@echo 'make install   copies modlab to PREFIX/bin (PREFIX is $(PREFIX))'
	@echo 'make clean     removes what was built'

repl: build
	@$(PRODUCT)

build: dependencies
	@test -x $(PRODUCT) || echo 'building modlab: some minutes, this once'
	@$(SWIFT) build $(RELEASE) --product modlab --quiet

# The order is by the time that a mistake costs. The Swift tests come last, and their own closing
# lines end the output.
test: test-dependencies
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory programs terminal
	@$(MAKE) --no-print-directory unit

unit: dependencies
	@$(SWIFT) build $(RELEASE) --build-tests --quiet
	@$(SWIFT) test $(RELEASE) --skip-build --quiet $(if $(SUITE),--filter '$(SUITE)')

programs: test-dependencies build
	@printf 'sessions       '; $(PRODUCT) test $$(grep -l '```modlab\|^modlab> ' $(DOCUMENTS))
	@printf 'examples       '; Tests/Programs/examples.py $(PRODUCT)
	@printf 'command line   '; Tests/Programs/command_line.py $(PRODUCT)
	@Tests/Programs/exports.py $(PRODUCT)
	@printf 'hints          '; Tests/Programs/hints.py $(PRODUCT)
	@printf 'deep           '; Tests/Programs/depth.py $(PRODUCT) && printf 'graphs         ' && Tests/Fuzz/graphs.py $(PRODUCT) --count 200

terminal: test-dependencies build
	@$(SWIFT) build $(RELEASE) --product lineEditingProbe --quiet
	@printf 'prompt         '; Tests/Terminal/prompt.py $(PRODUCT)
	@printf 'recording      '; Tests/Terminal/recording.py $(PRODUCT)
	@printf 'recovery       '; Tests/Terminal/recovery.py $(PRODUCT)
	@printf 'line editing   '; Tests/Terminal/line_editing.py $(PROBE)

lint:
	@$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format:
	@$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: build
	@Benchmarks/run

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
	@.ci/install-dependencies python3
