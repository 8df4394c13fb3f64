"""What the pages of every register share: reading a list's address, making steps of moves, taking a step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import CharField, Form, Textarea
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.organisation.queries import unit_paths
from lianfang.foundation.web.answers import is_fragment
from lianfang.foundation.web.row_form import versioned, whole_number
from lianfang.foundation.web.tones import REOPENED, tone_of
from lianfang.foundation.web.values import Pager, Step
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.lifecycle import Move

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a step asks of the person: nothing, a remark, a reason, the basis of a collective decision, or more.

    What needs more than a remark has a ``page`` of its own (the name of its address), to which the button leads.
    """

    note: Literal["none", "optional", "required"] = "optional"
    label: str = "意见"
    as_basis: bool = False
    danger: bool = False
    needs_clean: bool = False
    why: str = ""
    page: str = ""


def actor_of(request: HttpRequest) -> User:
    """The signed-in person; views are behind ``login_required``."""
    assert isinstance(request.user, User)  # noqa: S101 - what login_required guarantees
    return request.user


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
    faulty = f"还有 {errors} 个错误没有处理，见下方检查结果。" if errors else ""
    asked = [(move, asks.get(move.name, Ask())) for move in moves]
    return [
        _button(move, ask, row, url_name, barred.get(move.name, "") or (faulty if ask.needs_clean else ""))
        for move, ask in sorted(asked, key=lambda pair: (pair[1].danger, _goes_back(pair[0])))
    ]


def _button(move: Move[Any], ask: Ask, row: Any, url_name: str, blocked: str) -> Step:
    if ask.page:
        address = reverse(ask.page, args=[row.number])
        return Step(move.label, address, why=ask.why, method="get", blocked=blocked, quiet=_goes_back(move))
    return Step(
        move.label,
        reverse(url_name, args=[row.number, move.name]),
        why=ask.why,
        version=row.version,
        note=ask.note,
        note_label=ask.label,
        danger=ask.danger,
        blocked=blocked,
        quiet=_goes_back(move),
    )


def _goes_back(move: Move[Any]) -> bool:
    """Whether a move leads to an earlier state of the vocabulary, as a return does; what was reopened goes on so."""
    if tone_of(move.source.value) == REOPENED:
        return False
    kind: Any = type(move.source)
    states = list(kind)
    return states.index(move.target) < states.index(move.source)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said with a step: which version they looked at, and a remark, reason or basis."""

    version: int
    note: str


def take(
    actor: User, actions: Mapping[str, Callable[..., R]], asks: Mapping[str, Ask], target: tuple[str, str], said: Said
) -> R:
    """Take the step ``target`` = (number, step) by its action, which is given what its ``Ask`` asks for.

    Raises:
        Absent: no such step.
    """
    number, step = target
    action = actions.get(step)
    if action is None:
        raise Absent(f"没有“{step}”这一步。")
    ask = asks.get(step, Ask())
    words = {"basis" if ask.as_basis else "note": said.note} if ask.note != "none" else {}
    return action(actor=actor, number=number, expected_version=said.version, **words)


def step_view(
    actions: Mapping[str, Callable[..., Any]], asks: Mapping[str, Ask], detail_url: str
) -> Callable[[HttpRequest, str, str], HttpResponse]:
    """A view that takes one step of a lifecycle: POST with ``version`` and ``note``, then back to the record.

    A remark, reason or basis that the action refuses stands on a form of its own with what is wrong with it.
    """

    @login_required
    @require_POST
    def take_step(request: HttpRequest, number: str, step: str) -> HttpResponse:
        said, ask = Said(versioned(request.POST), request.POST.get("note", "").strip()), asks.get(step, Ask())
        try:
            row = take(actor_of(request), actions, asks, (number, step), said)
        except Invalid as fault:
            # Whoever typed nothing loses nothing, and a fragment request has no page to type on.
            if not said.note or ask.note == "none" or is_fragment(request):
                raise
            return _asked_again(request, ask, fault, (number, reverse(detail_url, args=[number])))
        messages.success(request, f"已办理：{row.title.rstrip('。')}（{row.state.label}）。")
        return HttpResponseRedirect(reverse(detail_url, args=[number]))

    return take_step


class _Note(Form):
    """What was said with a step, to be said better."""

    note = CharField(widget=Textarea(attrs={"rows": 4}))


def _asked_again(request: HttpRequest, ask: Ask, fault: Invalid, record: tuple[str, str]) -> HttpResponse:
    form, (number, address) = _Note(request.POST), record
    form.fields["note"].label, form.fields["note"].required = ask.label, ask.note == "required"
    # What stands against the record is no fault of the remark; and a remark that nobody asks for has none.
    about_record = bool(fault.details) or ask.note != "required"
    form.add_error(None if about_record else "note", f"{fault.message}{fault.remedy}")
    context = {
        "form": form,
        "ask": ask,
        "version": versioned(request.POST),
        "number": number,
        "cancel": address,
        "details": fault.details,
        "about_record": about_record,
    }
    return render(request, "errors/step.html", context, status=fault.status)


def opened_at(request: HttpRequest, row: Any) -> int:
    """The version that a form was opened at: of the Row now, or as the form that comes back says."""
    version: int = versioned(request.POST) if request.method == "POST" else row.version
    return version


def act_on(
    request: HttpRequest, form: Form, act: Callable[[], tuple[str, str]], page: tuple[str, Mapping[str, Any]]
) -> HttpResponse:
    """Show a form of its own kind, or do what it asks for; what the action refuses stands above what was typed.

    ``act`` is called for a valid form and returns what was done, as a sentence, and the address to go to;
    ``page`` is template and context.
    """
    template, context = page
    status = Invalid.status if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            done, address = act()
        except (Invalid, Conflict, Refused) as fault:
            status = fault.status
            form.add_error(None, [f"{fault.message}{fault.remedy}", *fault.details])
        else:
            messages.success(request, done)
            return HttpResponseRedirect(address)
    return render(request, template, {**context, "form": form}, status=status)
