#!/usr/bin/env bash
# Has other programs read back what is exported in every format. What it needs is installed: into bin/interop from PyPI and
# npm, and Debian's packages where a program is missing and there are rights to install it; else that program is left out,
# which is said. Without PyPI or npm it ends with status 75: nothing was read, so nothing failed.
set -euo pipefail
unreachable() { echo "$1 cannot be had here, so nothing is read back" >&2; exit 75; }
cd "$(dirname "$0")/../.."
folder=$PWD/bin/interop
mkdir -p "$folder"

missing=()
for pair in serdi:serdi rapper:raptor2-utils dot:graphviz ris2xml:bibutils Rscript:r-cran-metafor; do
	command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
if [ ${#missing[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null ||
		echo "${missing[*]} cannot be installed" >&2
fi
command -v npm >/dev/null || unreachable npm
test -d "$folder/venv" || python3 -m venv "$folder/venv" || unreachable 'a virtual environment of Python'
"$folder/venv/bin/pip" install -q rdflib==7.6.0 pyoxigraph==0.5.13 networkx==3.6.1 igraph==1.0.0 PyLD==3.3.0 lxml==6.1.3 rispy==0.10.0 bibtexparser==1.4.3 ||
	unreachable PyPI
npm install --silent --no-audit --no-fund --no-save --prefix "$folder" cytoscape@3.35.0 jsonld@9.0.0 graphology@0.26.0 \
	graphology-gexf@0.13.2 graphology-graphml@0.5.2 @citation-js/core@0.8.2 @citation-js/plugin-csl@0.8.2 @citation-js/plugin-ris@0.8.2 \
	@citation-js/plugin-bibtex@0.8.2 mermaid@11.17.2 jsdom@29.1.1 || unreachable 'the registry of npm'

rm -rf "$folder/graphs"
go test -count=1 ./graph/export -run '^TestInterop$' -interop "$folder/graphs" >/dev/null
"$folder/venv/bin/python" tools/interop/readback.py "$folder/graphs"
node tools/interop/readback.mjs "$folder/graphs" "$folder"
if command -v Rscript >/dev/null; then
	Rscript tools/interop/metafor.R "$folder/graphs/seeds/graph.evidence"
else
	echo 'R is not installed: metafor is left out'
fi
