"""The page on which an entry is written, new or old: nothing that was typed is lost, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from lianfang.foundation.web.row_form import RowForm, versioned
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.rows import digest


class Detail(Protocol):
    """What the page of any record shows, as far as editing is concerned."""

    @property
    def row(self) -> Any:
        """The record as its frozen value."""
        ...


class Editable(Detail, Protocol):
    """A record that says whether this person may edit it in its state."""

    @property
    def editable(self) -> bool:
        """Whether the form may be opened."""
        ...


D = TypeVar("D", bound=Editable)


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells an edit made from an older state: a hidden ``field`` of the form, an ``argument`` of the action."""

    field: str
    argument: str
    of_row: Callable[[Any], int | str]
    in_form: Callable[[QueryDict], int | str]


VERSION = Mark("version", "expected_version", attrgetter("version"), versioned)
SEEN = Mark("seen", "seen", digest, lambda posted: posted.get("seen", ""))
"""For entries that carry no version: the digest of what the form showed; "" when missing, which conflicts as well."""


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


@dataclass(frozen=True)
class EditPage:
    """One page for the new entry and for the old one.

    ``list_url`` and ``detail_url`` name the addresses to go back to; ``key`` begins the name of the draft that the
    browser keeps. What is ``given`` to ``new`` and ``edit`` goes to the form: its choices, whose signature it bears.
    """

    template: str
    form: type[RowForm]
    list_url: str
    detail_url: str
    key: str
    mark: Mark = VERSION
    saved: str = "已保存：{}。"
    shown: Mapping[str, Any] = field(default_factory=dict)

    def showing(self, **more: Any) -> EditPage:
        """The same page with ``more`` for its template, also in place of ``row``, ``cancel`` or ``autosave``."""
        return replace(self, shown={**self.shown, **more})

    def new(self, request: HttpRequest, base: Any, create: Callable[..., Any], **given: Any) -> HttpResponse:
        """Show an empty form over ``base``, or save what was typed with ``create(row=…)``."""
        context = {"row": None, "cancel": reverse(self.list_url), "autosave": f"{self.key}/new"}
        if request.method != "POST":
            return self._show(request, self.form.of(base, **given), context)
        form = self.form(request.POST, **given)
        return self._save(request, form, lambda: create(row=form.to_row(base)), context)

    def edit(
        self, request: HttpRequest, row: Any, change: Callable[..., Any], read: Callable[[], Detail], **given: Any
    ) -> HttpResponse:
        """Show ``row`` in the form, or save what was typed with ``change(row=…, …)``, which the mark protects.

        After a Conflict the form keeps everything that was typed, shows the other person's change, and carries the mark
        of what ``read`` finds then, so that saving again is a decision and not an accident.
        """
        context = {
            "row": row,
            "cancel": reverse(self.detail_url, args=[row.number]),
            "autosave": f"{self.key}/{row.number}",
        }
        if request.method != "POST":
            context[self.mark.field] = self.mark.of_row(row)
            return self._show(request, self.form.of(row, **given), context)
        form = self.form(request.POST, **given)
        marked = {self.mark.argument: self.mark.in_form(request.POST)}
        context[self.mark.field] = self.mark.in_form(request.POST)
        return self._save(request, form, lambda: change(row=form.to_row(row), **marked), context, read)

    def _save(
        self,
        request: HttpRequest,
        form: RowForm,
        save: Callable[[], Any],
        context: dict[str, Any],
        read: Callable[[], Detail] | None = None,
    ) -> HttpResponse:
        status = Invalid.status
        if form.is_valid():
            try:
                row = save()
            except Conflict as clash:
                status, context["clash"] = clash.status, clash
                if read is not None:
                    context[self.mark.field] = self.mark.of_row(read().row)
            except (Invalid, Refused) as fault:
                status = fault.status
                form.add_error(None, f"{fault.message}{fault.remedy}")
            else:
                messages.success(request, self.saved.format(row.title.rstrip("。")))
                return HttpResponseRedirect(reverse(self.detail_url, args=[row.number]))
        return self._show(request, form, context, status)

    def _show(self, request: HttpRequest, form: RowForm, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        return render(request, self.template, {**context, "form": form, **self.shown}, status=status)
