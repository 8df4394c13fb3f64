"""Lists: the filter bar above, the table with its sortable headings, the pager below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context, Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from lianfang.foundation.web.values import Choice, Column, Pager, choices_of

register = Library()
NOT_FILTERS = frozenset({"page", "sort", "q"})


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _with(query: QueryDict, **changes: str | None) -> str:
    """The query string with some values replaced; ``None`` removes one."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return f"?{changed.urlencode()}"


def _heading(column: Column, query: QueryDict) -> dict[str, Any]:
    wanted = query.get("sort", "") if column.sortable else None
    rising, falling = wanted == column.key, wanted == f"-{column.key}"
    link = _with(query, sort=f"-{column.key}" if rising else column.key, page=None) if column.sortable else ""
    order = "ascending" if rising else "descending" if falling else ""
    return {"column": column, "link": link, "order": order}


@register.simple_block_tag(takes_context=True)
def data_table(context: Context, content: SafeString, columns: Iterable[Column], caption: str) -> SafeString:
    """A table whose head stays in sight; the block holds the ``<tr>`` rows, ``caption`` tells what the list is."""
    query = _query(context)
    headings = [_heading(column, query) for column in columns]
    return render_to_string("ui/data_table.html", {"rows": content, "headings": headings, "caption": caption})


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: Context, page: Pager | Page[Any]) -> dict[str, Any]:
    """Where in the list the reader is, and the ways to the other pages; keeps the filters in the address."""
    here = page if isinstance(page, Pager) else _pager_of(page)
    query = _query(context)
    ways = {
        "first": _with(query, page=None) if here.has_previous else "",
        "previous": _with(query, page=str(here.number - 1)) if here.has_previous else "",
        "next": _with(query, page=str(here.number + 1)) if here.has_next else "",
        "last": _with(query, page=str(here.pages)) if here.has_next and here.pages else "",
    }
    return {"here": here, "ways": ways}


def _pager_of(page: Page[Any]) -> Pager:
    return Pager(page.number, page.paginator.per_page, page.paginator.count, page.has_next())


@register.simple_block_tag(takes_context=True)
def filter_bar(context: Context, content: SafeString, placeholder: str = "") -> SafeString:
    """Search box and filters of a list, sent by GET; the block holds ``filter_select`` tags.

    Without ``placeholder`` there is no search box.
    """
    query = _query(context)
    active = sorted(name for name in query if name not in NOT_FILTERS and query[name])
    return render_to_string(
        "ui/filter_bar.html",
        {
            "content": content,
            "placeholder": placeholder,
            "q": query.get("q", ""),
            "sort": query.get("sort", ""),
            "is_filtered": bool(active or query.get("q")),
        },
    )


@register.inclusion_tag("ui/filter_select.html", takes_context=True)
def filter_select(
    context: Context, name: str, label: str, choices: Sequence[Choice] | Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """One filter: ``choices`` are ``Choice`` values or ``Word.choices()`` pairs; the first option is always 全部."""
    options = [choice if isinstance(choice, Choice) else choices_of([choice])[0] for choice in choices]
    return {"name": name, "label": label, "options": options, "chosen": _query(context).get(name, "")}
