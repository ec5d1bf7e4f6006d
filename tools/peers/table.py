"""Reads the lines of JSON that the programs here print, and writes them as a Markdown table, each time beside the ratio to
picograph's. It fails where two engines found different numbers of rows.

    cat *.jsonl | python3 table.py
"""

import json
import sys


def main():
    lines = [json.loads(line) for line in sys.stdin if line.startswith("{")]
    engines = list(dict.fromkeys(line["engine"] for line in lines))
    whats = [w for w in dict.fromkeys(line["what"] for line in lines) if w != "load"]
    at = {(line["engine"], line["what"]): line for line in lines}
    ours = "picograph"
    print("| engine | load, quads/s | bytes a quad | " + " | ".join(whats) + " |")
    print("|---" * (3 + len(whats)) + "|")
    for e in engines:
        load = at[e, "load"]
        cells = [e, f"{load['quads/s']:,.0f}", f"{load['bytes/quad']:.0f}" if load["bytes/quad"] else "-"]
        for w in whats:
            line = at.get((e, w))
            cells.append("-" if line is None else f"{line['ms']:.2f}" if e == ours else f"{line['ms']:.2f} (x{line['ms'] / max(at[ours, w]['ms'], .001):.1f})")
        print("| " + " | ".join(cells) + " |")
    bad = [w for w in whats if len({at[e, w]["rows"] for e in engines if (e, w) in at}) > 1]
    if bad:
        sys.exit("the engines found different rows: " + ", ".join(bad))


if __name__ == "__main__":
    main()
