"""Results of the labelled check and fix cases by category, noise on clean pairs, and speed.

Run from the checkout: ``python benchmarks/check.py``. The clean pairs are the example sentences of the
shipped glossaries. Last figures, on two cores of a shared machine, are in docs/pipelines.md.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from termbase import Termbase  # noqa: E402
from termbase.check import CheckOptions  # noqa: E402
from termbase.fix import FixOptions  # noqa: E402
from termbase.json import concept_from_json  # noqa: E402

QUICK = CheckOptions(word_check=False)


def cases(name):
    return json.loads((ROOT / "tests" / "cases" / f"{name}.json").read_text(encoding="utf-8"))


def judged(terms, case, own):
    """The findings above a note, and of the kinds expected, of the case's own concepts."""
    context = [tuple(pair) for pair in case.get("context", [])]
    wanted = {row[0] for row in case["expect"]}
    options = CheckOptions(word_check=case.get("word_check", False))
    return [
        [f.kind, f.concept_id or "", f.target.text if f.target else ""]
        for f in terms.check(case["source"], case["target"], context=context, options=options)
        if (str(f.severity) != "note" or f.kind in wanted) and (f.concept_id is None or f.concept_id in own)
    ]


def check_cases(terms, data, title):
    own = {row["id"] for row in data["concepts"]}
    right, total = Counter(), Counter()
    true = false = missed = 0
    for case in data["cases"]:
        found = judged(terms, case, own)
        total[case["category"]] += 1
        right[case["category"]] += found == case["expect"]
        hits = sum(row in case["expect"] for row in found)
        true, false, missed = true + hits, false + len(found) - hits, missed + len(case["expect"]) - hits
    print(f"{title}: {sum(right.values())}/{sum(total.values())} segments exactly right, "
          f"precision {true / (true + false):.3f}, recall {true / (true + missed):.3f}")  # fmt: skip
    for category, count in sorted(total.items()):
        print(f"    {category:<14} {right[category]:>3}/{count}")


def fix_cases(terms, rows, title):
    right, total = Counter(), Counter()
    wrong = 0
    for case in rows:
        result = terms.fix(case["source"], case["target"], options=FixOptions(check=QUICK)).target
        total[case["category"]] += 1
        right[case["category"]] += result == case["expect"]
        wrong += result not in (case["expect"], case["target"])
    print(f"{title}: {sum(right.values())}/{sum(total.values())} right, {wrong} wrong changes")
    for category, count in sorted(total.items()):
        print(f"    {category:<14} {right[category]:>3}/{count}")


def noise(terms):
    pairs = [(e.vi, e.en) for concept in terms for e in concept.examples]
    kinds = Counter(f.kind for s, t in pairs for f in terms.check(s, t) if str(f.severity) != "note")
    print(f"clean pairs: {len(pairs)}; findings above a note: {dict(kinds)}")
    return pairs


def speed(terms, pairs, options, title, repeat):
    started, used = time.perf_counter(), time.process_time()
    for _ in range(repeat):
        for source, target in pairs:
            terms.check(source, target, options=options)
    clock, processor = time.perf_counter() - started, time.process_time() - used
    count = repeat * len(pairs)
    print(f"{title}: {count / clock:.0f} pairs a second, {count / processor:.0f} a second of processor time")


def main():
    data, repairs = cases("check"), cases("fix")["cases"]
    own = [concept_from_json(row) for row in data["concepts"]]
    small = Termbase.from_concepts(own)
    bundled = Termbase.bundled()
    everything = Termbase.from_concepts([*own, *bundled.concepts])
    check_cases(small, data, "check, own glossary")
    check_cases(everything, data, "check, all glossaries at once")
    fix_cases(small, repairs, "fix, own glossary")
    fix_cases(everything, repairs, "fix, all glossaries at once")
    pairs = noise(bundled)
    speed(bundled, pairs, QUICK, f"check with {len(bundled)} concepts, segmentation off", 3)
    speed(bundled, pairs, CheckOptions(), "the same, segmentation asked before a term is called missing", 1)


if __name__ == "__main__":
    main()
