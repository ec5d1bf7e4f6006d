# picograph: needs Go (the version in go.mod) and make; everything else comes through the Go module proxy.

BIN      := bin/picograph
DEMO     := bin/demo.db
VERSION  ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS  := -s -w -X main.version=$(VERSION)
TOOL     := go tool -modfile=tools/go.mod
PKG      ?= ./...
HEADLINE := which interventions reduced dose in high-MME patients
FUZZTIME ?= 10s
BENCH    ?= .
STUDIES  ?= 10000

# The race detector needs a C compiler; without one the tests run plain, and say so.
HAVE_CC  := $(shell command -v $$(go env CC) 2>/dev/null)

.PHONY: help build demo test race lint golden fuzz bench bench-formats bench-peers interop check train readme clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

build: ## write bin/picograph, one static binary
	@mkdir -p bin
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o $(BIN) ./cmd/picograph

demo: build ## load the seed documents, answer the headline question, print the source of row 1
	@rm -f $(DEMO) $(DEMO).lock
	$(BIN) load -q --graph $(DEMO) seeds/*.txt
	@printf '\n> %s\n> .why 1\n\n' '$(HEADLINE)'
	@printf '%s\n' '$(HEADLINE)' '.why 1' | $(BIN) repl --graph $(DEMO)
	@echo
	@echo 'Ask on: $(BIN) repl --graph $(DEMO)'

test: ## run every test
	go test $(PKG)

race: ## run every test under the race detector
ifeq ($(HAVE_CC),)
	@echo 'no C compiler, which the race detector needs: the tests run without it'
	go test $(PKG)
else
	CGO_ENABLED=1 go test -race -timeout 30m $(PKG)
endif

lint: ## go vet, staticcheck, gofumpt
	go vet ./...
	$(TOOL) staticcheck ./...
	@out=$$($(TOOL) gofumpt -l cmd graph loader queries seeds); \
	if [ -n "$$out" ]; then echo "not formatted (go tool -modfile=tools/go.mod gofumpt -w FILE):"; echo "$$out"; exit 1; fi

golden: ## rewrite the golden files from what the code prints now; read the difference before you commit it
	@for dir in $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' . | xargs -r -n1 dirname | sort -u); do \
		echo "go test $$dir -update"; go test $$dir -update || exit 1; done

fuzz: ## run each fuzz test for FUZZTIME (10s)
	@for pkg in $$(go list ./...); do \
		for name in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$name"; go test -run '^$$' -fuzz "^$$name$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$pkg || exit 1; done; done

bench: ## run the benchmarks that match BENCH (all)
	go test -run '^$$' -bench '$(BENCH)' -benchmem $(PKG)

train: ## learn the weights of loader/mention from the open data in the folder DATA, and measure (docs/models.md)
	@test -n '$(DATA)' || { echo 'say where the data is: make train DATA=FOLDER (docs/models.md)'; exit 2; }
	go run ./cmd/train -check 5 '$(DATA)'
	go run ./cmd/train -o loader/mention/weights.bin '$(DATA)'

bench-formats: ## time reading beside well-known parsers, which are installed from PyPI into bin/parsers
	@mkdir -p bin/generated
	@test -d bin/parsers || python3 -m venv bin/parsers
	@bin/parsers/bin/pip install -q pubmed_parser==0.5.1 nbib==0.3.2 rispy==0.10.0 bibtexparser==2.1.0
	@bin/parsers/bin/python tools/benchformats.py bin/generated

interop: build ## have outside programs use what is exported; they are installed into bin/interop
	@for script in tools/interop/*.sh; do \
		bash $$script || { code=$$?; [ $$code = 75 ] && echo "left out: $$script"; } || exit $$code; done

bench-peers: build ## ask STUDIES (10000) made-up studies of the store and of SQLite, DuckDB, Oxigraph, Kuzu (from PyPI) and Cayley's own stores
	@mkdir -p bin/generated
	@test -d bin/peers || python3 -m venv bin/peers
	@bin/peers/bin/pip install -q duckdb==2.0.1 pyoxigraph==0.5.13 kuzu==0.11.3
	go test ./graph -run '^$$' -bench '^BenchmarkOpen$$' -studies $(STUDIES) -keep '$(CURDIR)/bin/generated' >/dev/null
	$(BIN) export nquads -q --graph bin/generated/$(STUDIES).db --output bin/generated/$(STUDIES).nq
	go test ./graph/store -v -run '^TestPeers$$' -timeout 2h -peers '$(CURDIR)/bin/generated/$(STUDIES).nq' | grep '^{' >bin/generated/peers-1.jsonl
	bin/peers/bin/python tools/peers/peers.py bin/generated/$(STUDIES).nq bin/generated/peers >bin/generated/peers-2.jsonl
	cd tools/peers/cayley && go run . '$(CURDIR)/bin/generated/$(STUDIES).nq' '$(CURDIR)/bin/generated/peers-cayley' 3 >'$(CURDIR)/bin/generated/peers-3.jsonl'
	@cat bin/generated/peers-[123].jsonl | python3 tools/peers/table.py

readme: build ## run the commands that the README shows
	bash .ci/readme README.md

check: build lint race readme ## everything that has to hold before a change is merged

clean: ## remove what the targets wrote
	rm -rf bin
