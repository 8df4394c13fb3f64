"""What the JSON doors of every register share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import HeaderEx, P, Schema
from pydantic import ConfigDict

from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.web.register_pages import Ask, Said, take
from lianfang.kernel.errors import Unmarked
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Row, digest

R = TypeVar("R")
T = TypeVar("T", bound=Row)
IfMatch = HeaderEx[str, P(alias="If-Match")]
"""Parameter of an edit: the ``ETag`` that the client read."""


class Versioned(Protocol):
    """A Row that counts its changes."""

    @property
    def version(self) -> int:
        """How often it was written."""
        ...


class Filters(Schema):
    """What every list may be asked: words, a unit, a page. A room adds its facets, and switches (bool) of its own."""

    q: str = ""
    unit: str = ""
    page: int = 1

    def wanted(self) -> Wanted:
        """The same question as the address of a list page; switches are left to the door that has them."""
        asked = self.dict(exclude=set(Filters.model_fields))
        facets = {name: str(value) for name, value in asked.items() if value and not isinstance(value, bool)}
        path = unit_paths([self.unit]).get(self.unit, "?") if self.unit else ""
        return Wanted(self.q.strip(), tuple(facets.items()), path, self.page)


class ListPage(Schema, Generic[R]):
    """One page of a list; ``total`` is a floor where ``exact`` is false."""

    rows: list[R]
    total: int
    exact: bool
    page: int
    pages: int


class Sent(Schema):
    """What a client sends beside a Row: a field that nobody reads is a mistake of the client's, and is told."""

    model_config = ConfigDict(extra="forbid")


class Stepped(Sent):
    """What a step is given: the version that was read, and a remark, reason or basis."""

    version: int
    note: str = ""


class FoundFault(Schema):
    """One finding of the rules: how grave, which rule, about which entry and field, and what it says."""

    severity: Severity
    code: str
    unit: str
    kind: str
    number: str
    field: str
    message: str
    suggestion: str


def faults(findings: Iterable[Finding]) -> list[FoundFault]:
    """Findings as JSON, in their order."""
    names = ("code", "unit", "kind", "number", "field", "message", "suggestion")
    return [
        FoundFault(severity=found.severity or Severity.HINT, **{name: getattr(found, name) for name in names})
        for found in findings
    ]


def list_page(found: Page[Any], rows: Sequence[R]) -> ListPage[R]:
    """One catalogue page as JSON."""
    return ListPage(rows=list(rows), total=found.total, exact=found.exact, page=found.page, pages=found.pages)


def part_of(rows: Sequence[R], page: int, size: int) -> ListPage[R]:
    """One page of rows that are all at hand."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(1, page), pages)
    shown = list(rows[(page - 1) * size : page * size])
    return ListPage(rows=shown, total=len(rows), exact=True, page=page, pages=pages)


def take_api_step(
    actor: User,
    actions: Mapping[str, Callable[..., R]],
    asks: Mapping[str, Ask],
    target: tuple[str, str],
    stepped: Stepped,
) -> R:
    """Take the step ``target`` = (number, step) with what was said, as the button of the page would."""
    return take(actor, actions, asks, target, Said(stepped.version, stepped.note))


def tagged(response: HttpResponse, row: T) -> T:
    """``row``, its digest noted in the header ``ETag``: the version of entries that carry none."""
    response["ETag"] = f'"{digest(row)}"'
    return row


def seen_in(if_match: str) -> str:
    """The digest that the client read, from its header ``If-Match``.

    Raises:
        Unmarked: there is none.
    """
    seen = if_match.strip().removeprefix("W/").strip('"')
    if not seen:
        raise Unmarked("修改没有带上请求头 If-Match，没有保存。")
    return seen


def version_in(request: HttpRequest, row: Versioned) -> int:
    """The version that the client read, as the body of an edit names it: the 1 of a new Row is nobody's word.

    Raises:
        Unmarked: the body names none.
    """
    if "version" not in json.loads(request.body):
        raise Unmarked("修改没有写明读到的版本号 version，没有保存。")
    return row.version
