"""One record on a page: its fields, its history, what changed, what the checks found, and links to other records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lianfang.foundation.journal.queries import HistoryLine
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.journal.wording import heading_of, lines_of, recorded_words
from lianfang.foundation.web.compare import compare
from lianfang.foundation.web.navigation import record_address
from lianfang.foundation.web.tones import SEVERITY_MARKS
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Change, Plain

register = Library()
STILL_SENT_BACK = {Verb.EDITED.label, Verb.MOVED_ALONG.label}
"""What may happen to a record after it was returned, while it has not been handed up again."""


@register.simple_block_tag
def facts(content: SafeString) -> SafeString:
    """A list of heading and value; the block holds ``fact`` and ``facts_of`` tags."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.inclusion_tag("ui/fact.html")
def fact(label: str, value: object, url: str = "") -> dict[str, Any]:
    """One heading and its value inside ``facts``; several lines become paragraphs, nothing reads 未填写."""
    return {"items": [(label, lines_of(value), url)]}


@register.inclusion_tag("ui/fact.html")
def facts_of(row: object, names: str) -> dict[str, Any]:
    """Fields of a Row inside ``facts``, by their names in one string, with the headings the Row class declares."""
    items = [(heading_of(row, name), lines_of(getattr(row, name)), "") for name in names.split()]
    return {"items": items}


def _shown_changes(changes: Iterable[Change], row: object | None) -> list[dict[str, Any]]:
    return [
        {
            "heading": heading_of(row, change.field),
            "pieces": _pieces(row, change.field, change.before, change.after),
        }
        for change in changes
    ]


def _pieces(row: object | None, name: str, before: Plain, after: Plain) -> list[Any]:
    return compare(recorded_words(row, name, before), recorded_words(row, name, after))


@register.inclusion_tag("ui/diff.html")
def diff(changes: Iterable[Change], row: object | None = None) -> dict[str, Any]:
    """Changed fields, struck-out and new text marked; ``row`` (the Row as it is now) gives headings and words."""
    return {"changes": _shown_changes(changes, row)}


@register.inclusion_tag("ui/history.html")
def history(lines: Sequence[HistoryLine], row: object | None = None) -> dict[str, Any]:
    """What happened to a record, newest first, with the changes of each step folded beneath it."""
    return {"entries": [(line, _shown_changes(line.changes, row)) for line in lines]}


@register.inclusion_tag("ui/sent_back.html")
def sent_back(lines: Sequence[HistoryLine]) -> dict[str, Any]:
    """Who returned a record and why, from its history, until it is handed up again; otherwise nothing."""
    last = next((line for line in lines if line.verb not in STILL_SENT_BACK), None)
    return {"line": last if last is not None and last.verb == Verb.RETURNED.label else None}


@register.inclusion_tag("ui/findings.html")
def findings(
    items: Iterable[Finding], row: object | None = None, show_number: bool = False, stored: bool = True
) -> dict[str, Any]:
    """What the checks found, gravest first; ``show_number`` names the record, for lists over many records.

    A record that is not ``stored`` yet has no page to lead to.
    """
    rank = list(SEVERITY_MARKS)
    ordered = sorted(items, key=lambda item: (rank.index(item.severity or Severity.HINT), item.number, item.code))
    counts = [(level, sum(item.severity == level for item in ordered)) for level in rank]
    shown = [
        {
            "finding": item,
            "severity": item.severity or Severity.HINT,
            "heading": heading_of(row, item.field) if item.field else "",
            "rule_url": record_address("rules", item.code),
            "record_url": record_address(item.kind, item.number) if stored else "",
        }
        for item in ordered
    ]
    return {"shown": shown, "counts": [pair for pair in counts if pair[1]], "show_number": show_number}


@register.simple_tag
def record_link(kind: str, number: str, text: str = "") -> SafeString:
    """A link to a record's page by register kind and number; plain text where the kind has no page."""
    url = record_address(kind, number)
    css = "" if text else "number"
    if not url:
        return format_html('<span class="{}">{}</span>', css, text or number)
    return format_html('<a class="{} row-link" href="{}">{}</a>', css, url, text or number)


@register.simple_tag
def record_url(kind: str, number: str) -> str:
    """The address behind ``record_link``, or ""."""
    return record_address(kind, number)


@register.simple_block_tag
def print_sheet(content: SafeString, title: str, subtitle: str = "") -> SafeString:
    """A sheet meant for paper: centred title above, the block below, nothing of the page's frame."""
    return render_to_string("ui/print_sheet.html", {"content": content, "title": title, "subtitle": subtitle})
