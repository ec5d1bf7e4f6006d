#!/usr/bin/env bash
# Opens the pages of `export html` in headless Chromium. What it needs is installed: Chromium from Debian's packages where it
# is missing and there are rights to install it, the rest from npm into bin/interop/browser. Without them it ends with status
# 75: nothing was opened, so nothing failed. The screenshots stay in bin/interop/shots, to be looked at.
set -euo pipefail
unreachable() { echo "$1 cannot be had here, so no page is opened" >&2; exit 75; }
cd "$(dirname "$0")/../.."
folder=$PWD/bin/interop
mkdir -p "$folder/browser" "$folder/shots"

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! browser >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >/dev/null || true
fi
browser >/dev/null || unreachable Chromium
command -v npm >/dev/null || unreachable npm
npm install --silent --no-audit --no-fund --no-save --prefix "$folder/browser" playwright-core@1.65.1 axe-core@4.14.1 || unreachable 'the registry of npm'

go test -count=1 ./graph/export -run '^TestPages$' -pages "$folder/pages" >/dev/null
rm -f "$folder/seeds.db"
bin/picograph load -q --graph "$folder/seeds.db" seeds/*.txt
bin/picograph export html --graph "$folder/seeds.db" --about "findings where kind is between" --output "$folder/pages/plots.html"
BROWSER_PATH=$(browser) node tools/interop/page.mjs "$folder"
