"""The report as one HTML page that needs nothing else."""

from __future__ import annotations

from html import escape

from termbase.reporting.model import ConceptReport, Guess, Place, Rendering, Report

_STYLE = """
:root{color-scheme:light dark;--line:#d5d9e0;--soft:#f4f6f9;--text:#1c2330;--quiet:#5d6778;--bad:#b3261e;
--good:#1b6e3c;--odd:#8a5a00;--bar:#3565b5}
@media(prefers-color-scheme:dark){:root{--line:#343b47;--soft:#1b2029;--text:#e6e9ef;--quiet:#9aa5b6;
--bad:#ff8a80;--good:#7fd6a0;--odd:#ffc266;--bar:#7aa5ef}body{background:#12161d}}
body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);margin:0 auto;
max-width:72rem;padding:1.5rem}
h1{font-size:1.5rem;margin:0 0 .25rem}
h2{font-size:1.15rem;margin:2rem 0 .5rem}p.lead{color:var(--quiet);margin:0 0 1rem}
table{border-collapse:collapse;width:100%;
font-size:.92rem}th,td{border-bottom:1px solid var(--line);padding:.35rem .5rem;
text-align:left;vertical-align:top}th{font-weight:600;color:var(--quiet)}td.n,th.n{text-align:right;
font-variant-numeric:tabular-nums}tr.concept td{background:var(--soft);font-weight:600;border-top:2px solid var(--line)}
.scroll{overflow-x:auto}.deprecated,.forbidden,
.superseded,.untranslated{color:var(--bad)}.preferred{color:var(--good)}
.admitted,.draft{color:var(--odd)}.wide{min-width:18rem}.id{font-weight:400;color:var(--quiet);font-size:.85em}

.share{display:inline-block;width:6rem;height:.55rem;background:var(--line);border-radius:.3rem;overflow:hidden;
vertical-align:middle;margin-right:.4rem}.share i{display:block;height:100%;background:var(--bar)}
details{margin:.1rem 0}summary{cursor:pointer;color:var(--quiet);font-size:.88em}blockquote{margin:.2rem 0 .2rem 1rem;
font-size:.9em;color:var(--quiet)}
mark{background:none;color:var(--text);font-weight:600;border-bottom:2px solid var(--odd)}
ul{padding-left:1.2rem}li{margin:.2rem 0}
"""


def report_html(report: Report, title: str = "Consistency of terms") -> str:
    """Return a self-contained page: matrix of concept, rendering and document, outliers in context, findings."""
    varying = [concept for concept in report.concepts if concept.varies]
    steady = [concept for concept in report.concepts if not concept.varies]
    parts = [
        f"<h1>{escape(title)}</h1>",
        _lead(report, len(varying)),
        _shares(report),
        _documents(report),
        "<h2>Concepts that vary</h2>",
        _matrix(report, varying) if varying else "<p>None.</p>",
        _findings(report),
        _guesses(report.guesses),
        "<h2>Concepts rendered in one way</h2>",
        f"<details><summary>Show {len(steady)}</summary>{_matrix(report, steady)}</details>",
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head += f"<title>{escape(title)}</title>"
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n'
    )


def _lead(report: Report, varying: int) -> str:
    counts = f"{len(report.documents)} documents, {len(report.concepts)} concepts"
    return f'<p class="lead">{counts}, {varying} of them rendered in more than one way.</p>'


def _shares(report: Report) -> str:
    rows = []
    for mode, label in (
        ("first", "the first rendering"),
        ("most_frequent", "the most frequent"),
        ("preferred", "the preferred term"),
    ):
        micro, macro = report.consistency(mode)
        rows.append(f"<tr><td>{label}</td><td>{_bar(micro)}</td><td>{_bar(macro)}</td></tr>")
    head = "<tr><th>Mentions that agree with</th><th>of all mentions</th><th>mean over concepts</th></tr>"
    return f"<h2>Consistency</h2><table>{head}{''.join(rows)}</table>"


def _bar(share: float) -> str:
    percent = round(share * 100)
    return f'<span class="share"><i style="width:{percent}%"></i></span>{percent} %'


def _documents(report: Report) -> str:
    rows = []
    for number, document in enumerate(report.documents, 1):
        spelling = ", ".join(f"{name} {count}" for name, count in document.spelling.items()) or "–"
        ranks = ", ".join(f"{name} {count}" for name, count in document.ranks.items()) or "–"
        cells = f'<td class="n">{number}</td><td>{escape(document.name)}</td><td class="n">{document.words}</td>'
        cells += f"<td>{spelling}</td><td>{escape(ranks)}</td>"
        rows.append(f"<tr>{cells}</tr>")
    head = '<tr><th class="n">No.</th><th>Document</th><th class="n">Words</th><th>Spelling</th><th>Ranks</th></tr>'
    return f'<h2>Documents</h2><div class="scroll"><table>{head}{"".join(rows)}</table></div>'


def _matrix(report: Report, concepts: list[ConceptReport]) -> str:
    names = [document.name for document in report.documents]
    heads = "".join(f'<th class="n" title="{escape(name)}">{number}</th>' for number, name in enumerate(names, 1))
    head = f'<tr><th class="wide">Concept and renderings</th><th>Status</th><th class="n">All</th>{heads}</tr>'
    rows = "".join(_concept(concept, names) for concept in concepts)
    return f'<div class="scroll"><table>{head}{rows}</table></div>'


def _concept(concept: ConceptReport, names: list[str]) -> str:
    title = f'{escape(concept.vi)} <span class="id">{escape(concept.concept_id)}</span>'
    share = f"{round(concept.most_frequent * 100)} % alike"
    first = f'<tr class="concept"><td>{title}</td><td>{share}</td><td class="n">{concept.total}</td>'
    first += f'<td colspan="{len(names)}"></td></tr>'
    return first + "".join(_rendering(rendering, names) for rendering in concept.renderings)


def _rendering(rendering: Rendering, names: list[str]) -> str:
    counts = "".join(f'<td class="n">{rendering.by_document.get(name, "")}</td>' for name in names)
    places = "".join(_place(place) for place in rendering.places)
    shown = f"{escape(rendering.text)}<details><summary>in context</summary>{places}</details>"
    status = f'<td class="{escape(rendering.status)}">{escape(rendering.status)}</td>'
    return f'<tr><td>{shown}</td>{status}<td class="n">{rendering.total}</td>{counts}</tr>'


def _place(place: Place) -> str:
    words = f"…{escape(place.before)}<mark>{escape(place.text)}</mark>{escape(place.after)}…"
    return f"<blockquote>{escape(place.document)}: {words}</blockquote>"


def _findings(report: Report) -> str:
    rows = [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in (name, str(f.severity), f.kind, f.message)) + "</tr>"
        for name, f in report.findings
    ]
    head = "<tr><th>Document</th><th>Severity</th><th>Kind</th><th>What</th></tr>"
    return f'<h2>Findings</h2><div class="scroll"><table>{head}{"".join(rows)}</table></div>' if rows else ""


def _guesses(guesses: tuple[Guess, ...]) -> str:
    if not guesses:
        return ""
    items = []
    for guess in guesses:
        texts = " ~ ".join(f"{escape(r.text)} ({r.total})" for r in guess.renderings)
        items.append(f"<li>{texts} <span class='id'>{escape(guess.reason)}</span></li>")
    lead = "<p class='lead'>Phrases that may mean one thing; confirm with songngu glossary add, or ignore.</p>"
    return f"<h2>Guesses</h2>{lead}<ul>{''.join(items)}</ul>"
