"""Plain HTML: a page of sections, tables and notes in one file. Every text is escaped here, nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

STYLE = """
:root { --ink: #3a2b1a; --soft: #7a6a52; --line: #d9c9a3; --paper: #fbf6e7; --good: #2f6b4f; --bad: #9c3a26; }
* { box-sizing: border-box; }
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); margin: 0 auto;
       max-width: 62rem; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 2.2rem; border-bottom: 2px solid var(--line); }
table { border-collapse: collapse; margin: .8rem 0; font-size: .9rem; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
.wide { overflow-x: auto; } .soft { color: var(--soft); } .bad { color: var(--bad); } .good { color: var(--good); }
svg { max-width: 100%; height: auto; display: block; } svg text { font: 12px Georgia, serif; fill: var(--ink); }
details { margin: .6rem 0; } summary { cursor: pointer; }
@media print { body { background: #fff; max-width: none; padding: 0; font-size: 11px; } h2 { break-after: avoid; }
               tr, svg { break-inside: avoid; } }
"""


def page(title: str, parts: Iterable[str], style: str = "") -> str:
    """A whole document; `parts` are pieces of HTML made by the functions below, `style` is added to what all share."""
    return ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
            + "\n".join(parts) + "\n</body>\n</html>\n")


def heading(text: str, id: str = "") -> str:  # noqa: A002 - the word of HTML
    return f"<h2 id=\"{escape(id)}\">{escape(text)}</h2>" if id else f"<h2>{escape(text)}</h2>"


def paragraph(text: str, kind: str = "") -> str:
    """`kind`: soft, good, bad or nothing."""
    return f"<p class=\"{escape(kind)}\">{escape(text)}</p>" if kind else f"<p>{escape(text)}</p>"


def bullets(texts: Iterable[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(text)}</li>" for text in texts) + "</ul>"


def table(head: Sequence[str], rows: Iterable[Sequence[object]], caption: str = "") -> str:
    """Numbers stand to the right; None is a dash."""
    body = "".join("<tr>" + "".join(_cell(value) for value in row) + "</tr>" for row in rows)
    top = "".join(f"<th scope=\"col\">{escape(text)}</th>" for text in head)
    title = f"<caption class=\"soft\">{escape(caption)}</caption>" if caption else ""
    return f"<div class=\"wide\"><table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"


def folded(title: str, inside: str) -> str:
    """Something long that opens at a click; `inside` is HTML."""
    return f"<details><summary>{escape(title)}</summary>{inside}</details>"


def link(href: str, text: str) -> str:
    return f"<a href=\"{escape(href, quote=True)}\">{escape(text)}</a>"


def _cell(value: object) -> str:
    if value is None:
        return "<td class=\"n\">-</td>"
    if isinstance(value, float | int):
        return f"<td class=\"n\">{number(value)}</td>"
    return f"<td>{escape(str(value))}</td>"


def number(x: float) -> str:
    return f"{x:,}" if isinstance(x, int) else f"{x:,.4g}" if abs(x) < 1e6 else f"{x:,.0f}"


def percent(share: float | None) -> str:
    """A share for people: 0.123 is 12.3 %."""
    return "-" if share is None else f"{100 * share:.1f} %"
