"""The page on which an entry is written, new or old: nothing that was typed is lost, nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from lianfang.foundation.journal.queries import earlier_row
from lianfang.foundation.web.merging import Merged, merged
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
KEEP = "keep_both"
"""The button that keeps what both wrote; its value is the mark of the state from which this person began."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What tells an edit made from an older state: a hidden ``field`` of the form, an ``argument`` of the action."""

    field: str
    argument: str
    of_row: Callable[[Any], int | str]
    in_form: Callable[[Mapping[str, str]], int | str]


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
        of what ``read`` finds then, so that saving again is a decision and not an accident. Where the two changed
        different fields, one button keeps both.
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
        mark = context[self.mark.field] = self.mark.in_form(request.POST)
        began = self.mark.in_form({self.mark.field: request.POST[KEEP]}) if KEEP in request.POST else mark

        def save() -> Any:
            changed = self._with_both(form, row, began) if KEEP in request.POST else form.to_row(row)
            return change(row=changed, **{self.mark.argument: mark})

        return self._save(request, form, save, context, lambda: self._clashed(form, read().row, began))

    def _save(
        self,
        request: HttpRequest,
        form: RowForm,
        save: Callable[[], Any],
        context: dict[str, Any],
        clashed: Callable[[], dict[str, Any]] = dict,
    ) -> HttpResponse:
        status = Invalid.status
        if form.is_valid():
            try:
                row = save()
            except Conflict as clash:
                status, context["clash"] = clash.status, clash
                context |= clashed()
            except (Invalid, Refused) as fault:
                status = fault.status
                form.add_error(None, f"{fault.message}{fault.remedy}")
            else:
                messages.success(request, self.saved.format(row.title.rstrip("。")))
                return HttpResponseRedirect(reverse(self.detail_url, args=[row.number]))
        return self._show(request, form, context, status)

    def _clashed(self, form: RowForm, now: Any, began: int | str) -> dict[str, Any]:
        """What the page shows after a Conflict: the newest mark, and whether both changes can stand."""
        found = self._merged(form, now, began)
        return {self.mark.field: self.mark.of_row(now), KEEP: began if found and found.keeps_all else None}

    def _merged(self, form: RowForm, now: Any, began: int | str) -> Merged[Any] | None:
        base = earlier_row(now, lambda row: self.mark.of_row(row) == began)
        return merged(base, now, form.to_row(base), form.field_names()) if base is not None else None

    def _with_both(self, form: RowForm, now: Any, began: int | str) -> Any:
        """What is stored now with what only this person changed.

        Raises:
            Invalid: both changed the same field, or what they wrote does not fit together.
        """
        found = self._merged(form, now, began)
        if found is None or found.both:
            labels = "、".join(f"“{form.fields[name].label}”" for name in found.both) if found else ""
            raise Invalid(f"两人的修改分不开{f'：都改了{labels}' if labels else ''}。", "请对照核对以后再次保存。")
        if not form.accepts(found.row):
            raise Invalid("两人的修改合在一起不成立。", "请对照核对以后再次保存。")
        return found.row

    def _show(self, request: HttpRequest, form: RowForm, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
        return render(request, self.template, {**context, "form": form, **self.shown}, status=status)
