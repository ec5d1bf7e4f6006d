"""Time picograph's reading beside well-known parsers, on the same generated files, in one run.

Usage: benchformats.py FOLDER   (make bench-formats calls it, with the parsers installed)

The Go benchmark leaves its files in FOLDER and prints how many documents it reads a second of processor time; then each
parser reads the file of its format, and the best of three counts. The parsers tell fields; picograph
also undoes the container and keeps where every word stands in the file.
"""

import gzip
import os
import re
import subprocess
import sys
import time


def picograph(folder):
    """Documents a second by format."""
    command = ["go", "test", "-run", "^$", "-bench", "^BenchmarkRead$", "-benchtime", "2s", "-cpu", "1", "./loader/format", "-generated", folder]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rates = {}
    for line in out.splitlines():
        m = re.match(r"BenchmarkRead/(\w+)\s.*?([\d.]+) MB/cpu-s\s+([\d.e+]+) docs/cpu-s", line)
        if m:
            rates[m[1]] = float(m[3])
            print(f"picograph {m[1]:<10} {float(m[2]):7.1f} MB/s {float(m[3]):9.0f} docs/s")
    return rates


def pubmed_parser(path):
    import pubmed_parser  # it reads compressed files only
    return len(list(pubmed_parser.parse_medline_xml(path + ".gz", year_info_only=False, nlm_category=False, author_list=False, reference_list=False)))


def rispy(path):
    import rispy
    with open(path, encoding="utf-8") as f:
        return len(rispy.load(f))


def bibtexparser(path):
    import bibtexparser
    return len(bibtexparser.parse_file(path).entries)


def nbib(path):
    import nbib
    return len(nbib.read_file(path))


PARSERS = [("pubmed", "set.xml", pubmed_parser), ("medline", "set.nbib", nbib), ("ris", "set.ris", rispy), ("bibtex", "set.bib", bibtexparser)]


def main():
    folder = os.path.abspath(sys.argv[1])
    rates = picograph(folder)
    with open(os.path.join(folder, "set.xml"), "rb") as plain, gzip.open(os.path.join(folder, "set.xml.gz"), "wb", 1) as packed:
        packed.write(plain.read())
    for name, file, read in PARSERS:
        best, n = None, 0
        for _ in range(3):
            start = time.process_time()
            n = read(os.path.join(folder, file))
            took = time.process_time() - start
            best = took if best is None else min(best, took)
        print(f"{read.__name__:<14} {name:<10} {n} records, {n / best:9.0f} docs/s: picograph is {rates[name] * best / n:.1f} times as fast")


main()
