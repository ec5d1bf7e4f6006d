#!/usr/bin/env python3
"""Ask picograph one question for each prompt of an Evidence Inference file, and print the answers for a scorer.

usage: answer_prompts.py [--all] [--keep FOLDER] PICOGRAPH PROMPTS.jsonl > answers.jsonl

Each line of PROMPTS.jsonl is an article: pmcid, title, abstract, and prompts with prompt_id, intervention, comparator,
outcome. For each article the title and abstract are loaded alone, and for each prompt "What was the effect of I versus C on
O?" is asked. A line of the result is {"pmcid", "answers": [{"prompt_id", "direction", "text", "status", "query"}]}:
direction is "increased", "decreased" or "no_difference" of the outcome under I against C, and null where the answer gives
none; text is the sentence behind it. Prompts whose evidence is not in the abstract are left out unless --all is given.
Python 3.8 or later, standard library only.
"""
import argparse
import concurrent.futures
import json
import os
import re
import subprocess
import sys
import tempfile

DIRECTIONS = {"increased": "increased", "decreased": "decreased", "no difference": "no_difference"}
TURNED = {"increased": "decreased", "decreased": "increased", "no_difference": "no_difference"}
PLAIN = set("the a an of in on at to for from by with and or group groups arm arms mg plus only alone treatment".split())


def words(s):
    return {w for w in re.findall(r"[a-z0-9]+", (s or "").lower()) if w not in PLAIN}


def likeness(a, b):
    a, b = words(a), words(b)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def name(arms):
    return " and ".join(arms or [])


def turned(finding, prompt):
    """whether a finding names the arms the other way round than the prompt"""
    arm, other = name(finding.get("arm")), name(finding.get("comparator"))
    i, c = prompt["intervention"], prompt["comparator"]
    return likeness(arm, c) + likeness(other, i) > likeness(arm, i) + likeness(other, c)


def answer(prompt, said):
    """the direction and the sentence that an answer gives: its own, else those of the first finding that compares arms"""
    rows = [f for s in said.get("sections") or [] for r in s.get("rows") or [] for f in r.get("findings") or []]
    out = {"prompt_id": prompt["prompt_id"], "direction": None, "text": "", "status": said.get("status"), "query": said.get("query")}
    if DIRECTIONS.get(said.get("direction")):
        out["direction"] = DIRECTIONS[said["direction"]]
        out["text"] = next((p["text"] for f in rows for p in f.get("passages") or []), "")
        return out
    for kind in ("between", "statement"):
        for f in rows:
            d = DIRECTIONS.get(f.get("direction"))
            if f.get("kind") == kind and d:
                out["direction"] = TURNED[d] if turned(f, prompt) else d
                out["text"] = (f.get("passages") or [{}])[0].get("text", "")
                return out
    return out


def one_line(s):
    return re.sub(r"\s+", " ", s or "").strip()


def question(p):
    return "What was the effect of %s versus %s on %s?" % tuple(one_line(p[k]) for k in ("intervention", "comparator", "outcome"))


def ask(picograph, folder, article, prompts):
    path = os.path.join(folder, article["pmcid"] + ".txt")
    with open(path, "w", encoding="utf-8") as f:
        f.write(article["title"] + "\n\n" + article["abstract"] + "\n")
    run = subprocess.run([picograph, "ask", "--with", path, "-o", "jsonl", "-"], input="\n".join(map(question, prompts)) + "\n",
                         capture_output=True, text=True, encoding="utf-8")
    said = [json.loads(line) for line in run.stdout.splitlines() if line.strip()]
    if len(said) != len(prompts):
        print("%s: %d answers to %d questions: %s" % (article["pmcid"], len(said), len(prompts), run.stderr.strip()[:200]), file=sys.stderr)
        said += [{}] * (len(prompts) - len(said))
    return {"pmcid": article["pmcid"], "answers": [answer(p, s) for p, s in zip(prompts, said)]}


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    a.add_argument("picograph")
    a.add_argument("prompts")
    a.add_argument("--all", action="store_true", help="ask also the prompts whose evidence is not in the abstract")
    a.add_argument("--keep", help="write the articles into this folder and leave them there")
    a = a.parse_args()
    with open(a.prompts, encoding="utf-8") as f:
        articles = [json.loads(line) for line in f if line.strip()]
    with tempfile.TemporaryDirectory() as scratch, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        folder = a.keep or scratch
        os.makedirs(folder, exist_ok=True)
        jobs = []
        for article in articles:
            prompts = [p for p in article["prompts"] if a.all or p.get("in_abstract")]
            if prompts:
                jobs.append(pool.submit(ask, a.picograph, folder, article, prompts))
        for job in jobs:
            print(json.dumps(job.result(), ensure_ascii=False))


if __name__ == "__main__":
    main()
