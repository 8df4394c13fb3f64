"""What the pages of every register share: reading a list's address, making steps of moves, saving a form safely."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.web.row_form import RowForm, versioned, whole_number
from lianfang.foundation.web.values import Pager, Step
from lianfang.kernel.errors import Absent, Conflict, Refused
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Move


class Detail(Protocol):
    """What the page of any record shows, as far as editing is concerned."""

    @property
    def row(self) -> Any:
        """The record as its frozen value."""
        ...

    @property
    def editable(self) -> bool:
        """Whether this person may edit it in its state."""
        ...


D = TypeVar("D", bound=Detail)


@dataclass(frozen=True, slots=True)
class Ask:
    """What a step asks of the person: nothing, a remark, a reason, or the basis of a collective decision."""

    note: Literal["none", "optional", "required"] = "optional"
    label: str = "意见"
    as_basis: bool = False
    danger: bool = False
    needs_clean: bool = False
    why: str = ""


def actor_of(request: HttpRequest) -> User:
    """The signed-in person; views are behind ``login_required``."""
    assert isinstance(request.user, User)  # noqa: S101 - what login_required guarantees
    return request.user


def opened_for_editing(request: HttpRequest, detail: D) -> D:
    """The detail, unless a form is asked for that this person could not save: better said before anything is typed.

    Raises:
        Refused: the state of the thing, or the person's rights, do not let it be edited.
    """
    if request.method != "POST" and not detail.editable:
        raise Refused(
            f"{detail.row.number} 现在不能由您修改。",
            "可能是它正在审核或已经审定，也可能不在您的授权范围内；请看页面上的“下一步”。",
        )
    return detail


def wanted_of(request: HttpRequest, *facets: str) -> Wanted:
    """Read ``?q=…&page=…&unit=…`` and the named exact facets from the address."""
    chosen = tuple((name, request.GET[name]) for name in facets if request.GET.get(name))
    unit = request.GET.get("unit", "")
    # A unit that does not exist filters to nothing, rather than silently to everything.
    path = unit_paths([unit]).get(unit, "?") if unit else ""
    return Wanted(
        text=request.GET.get("q", "").strip(),
        facets=chosen,
        path=path,
        page=whole_number(request.GET.get("page", ""), 1),
    )


def pager_of(page: Page[Any], size: int) -> Pager:
    """The pager of one catalogue page."""
    return Pager(page.page, size, page.total if page.exact else None, page.has_next)


def steps_for(
    moves: Iterable[Move[Any]],
    row: Any,
    url_name: str,
    asks: Mapping[str, Ask],
    findings: Sequence[Finding] = (),
    barred: Mapping[str, str] = MappingProxyType({}),
) -> list[Step]:
    """The buttons of a record's page: one for each open move, with what it asks and why it is blocked.

    ``barred`` says of a move why this person may not take it although others of the same part may.
    Moves that carry on stand first, because the first button is the one that stands out.
    """
    errors = sum(finding.severity == Severity.ERROR for finding in findings)
    steps = []
    asked = [(move, asks.get(move.name, Ask())) for move in moves]
    for move, ask in sorted(asked, key=lambda pair: (pair[1].danger, _goes_back(pair[0]))):
        faulty = f"还有 {errors} 个错误没有处理，见下方检查结果。" if ask.needs_clean and errors else ""
        steps.append(
            Step(
                move.label,
                reverse(url_name, args=[row.number, move.name]),
                why=ask.why,
                version=row.version,
                note=ask.note,
                note_label=ask.label,
                danger=ask.danger,
                blocked=barred.get(move.name, "") or faulty,
            )
        )
    return steps


def _goes_back(move: Move[Any]) -> bool:
    """Whether a move leads to an earlier state of the vocabulary, as a return does."""
    kind: Any = type(move.source)
    states = list(kind)
    return states.index(move.target) < states.index(move.source)


def step_view(
    actions: Mapping[str, Callable[..., Any]], asks: Mapping[str, Ask], detail_url: str
) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """A view that takes one step of a lifecycle: POST with ``version`` and ``note``, then back to the record."""

    @login_required
    @require_POST
    def take_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
        action = actions.get(step)
        if action is None:
            raise Absent(f"没有“{step}”这一步。")
        ask = asks.get(step, Ask())
        said = {"basis" if ask.as_basis else "note": request.POST.get("note", "").strip()} if ask.note != "none" else {}
        row = action(actor=actor_of(request), number=number, expected_version=versioned(request.POST), **said)
        messages.success(request, f"已办理：{row.title.rstrip('。')}（{row.state.label}）。")
        return HttpResponseRedirect(reverse(detail_url, args=[number]))

    return take_step


@dataclass(frozen=True)
class Saving:
    """How a form is saved and shown: the page, the action, and where to go afterwards."""

    template: str
    save: Callable[[Any, int], Any]
    base: Any
    detail_url: str
    current: Callable[[], Any]


def save_form(request: HttpRequest, form: RowForm, saving: Saving, context: Mapping[str, Any]) -> HttpResponse:
    """Save a valid form, or show it again with what was typed.

    After a Conflict the form keeps everything that was typed, shows the other person's change, and carries the new
    version, so that saving again is a decision and not an accident.
    """
    version = versioned(request.POST)
    status, clash = 422, None
    if form.is_valid():
        try:
            row = saving.save(form.to_row(saving.base), version)
        except Conflict as conflict:
            clash, status, version = conflict, 409, saving.current().version
        else:
            messages.success(request, f"已保存：{row.title.rstrip('。')}。")
            return HttpResponseRedirect(reverse(saving.detail_url, args=[row.number]))
    shown = {**context, "form": form, "version": version, "clash": clash}
    return render(request, saving.template, shown, status=status)
