"""Style and script of the HTML forms."""

from __future__ import annotations

_COMMON = """
:root { --ink: #1a1a1a; --dim: #5a5a5a; --red: #9d1c1c; --rule: #c9c2b4; }
body { color: var(--ink); line-height: 1.35; margin: 0;
  font-family: "Noto Serif", "Source Serif 4", "Times New Roman", "DejaVu Serif", serif; }
article p { margin: 0; } article ol { margin: 0 0 0 1.6em; padding: 0; }
.pos, .abbr { color: var(--dim); } .definition[lang=en], .note { color: #333; }
.example { font-style: italic; } .example [lang=en] { color: var(--dim); }
.also { color: var(--dim); } .avoid { color: var(--red); } .note::before { content: "► "; color: var(--dim); }
table { border-collapse: collapse; } td, th { text-align: left; padding: .15em 1em .15em 0; }
sup { line-height: 0; font-size: .75em; margin-left: .1em; } .checked { color: #1d6b34; }
.doubt { color: var(--red); font-weight: bold; margin-left: .4em; } .marks { margin-top: .6em; }
.marks sup { font-size: 1em; vertical-align: baseline; }
a { color: inherit; text-decoration: none; }
"""

PAGE_STYLE = (
    _COMMON
    + """
body { max-width: 60rem; margin: 0 auto; padding: 0 1rem 4rem; }
header { position: sticky; top: 0; background: #fff; border-bottom: 1px solid var(--rule); padding-bottom: .5rem; }
h1 { margin: .6rem 0 0; font-size: 1.5rem; } .count { margin: 0; color: var(--dim); }
nav a { padding: 0 .15em; } nav a:hover, .line a:hover { text-decoration: underline; }
#search { width: 100%; box-sizing: border-box; font: inherit; padding: .4em .6em; margin-top: .4rem; }
h2 { border-bottom: 2px solid var(--red); scroll-margin-top: 9rem; }
article { padding: .45rem 0; border-bottom: 1px dotted var(--rule); scroll-margin-top: 9rem; }
.head { font-size: 1.08em; } .english { color: #123a63; } .line { margin: .1em 0; } [hidden] { display: none; }
"""
)

PRINT_STYLE = (
    _COMMON
    + """
@page { size: A4; margin: 20mm 16mm 18mm; @bottom-center { content: counter(page); font: 9pt serif; } }
@page :first { @bottom-center { content: ""; } }
body { font-size: 8.6pt; }
header { height: 240mm; display: flex; flex-direction: column; justify-content: center; text-align: center;
  break-after: page; }
h1 { font-size: 28pt; font-weight: 600; margin: 0 0 6mm; } .count { font-size: 12pt; color: var(--dim); }
.guide { break-after: page; font-size: 10pt; } .guide h2 { font-size: 15pt; }
main, .index { columns: 2; column-gap: 8mm; column-rule: .3pt solid var(--rule); }
h2 { break-after: avoid; } .letter h2 { font-size: 20pt; margin: 3mm 0 2mm; padding-bottom: 1mm;
  border-bottom: 1pt solid var(--ink); }
article { margin: 0 0 1.7mm; padding-left: 3mm; text-indent: -3mm; hyphens: manual; orphans: 2; widows: 2; }
article p, article li { text-indent: 0; } article p:first-child { text-indent: -3mm; break-after: avoid; }
.head { font-size: 9.4pt; } .definition, .example, .note, .avoid, .also { font-size: 8pt; }
.index { break-before: page; } .index h2 { column-span: all; font-size: 18pt; } .index h3 { margin: 2mm 0 1mm; }
.line { margin: 0 0 .4mm 3mm; text-indent: -3mm; } .sources { break-before: page; font-size: 8pt; }
@media screen { body { max-width: 180mm; margin: 0 auto; } }
"""
)

SEARCH_SCRIPT = """
const box = document.getElementById('search');
const fold = s => s.normalize('NFD').replace(/[\\u0300-\\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
box.addEventListener('input', () => {
  const exact = box.value.trim().toLowerCase(), loose = fold(exact);
  for (const entry of document.querySelectorAll('article')) {
    const key = entry.dataset.key;
    entry.hidden = Boolean(exact) && !key.includes(exact) && !key.includes(loose);
  }
  for (const part of document.querySelectorAll('section.letter'))
    part.hidden = !part.querySelector('article:not([hidden])');
});
"""
