"""Importing files in the browser: choose, look at what would happen, decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.upkeep import index_within
from lianfang.foundation.documents.limits import MEBIBYTE, WEB
from lianfang.foundation.organisation.queries import units_where
from lianfang.foundation.web.choices import offer
from lianfang.foundation.web.register_pages import actor_of
from lianfang.kernel.errors import Conflict, Invalid, LianfangError, Refused
from lianfang.site import uploads
from lianfang.site.import_checks import LATER, gravest_first
from lianfang.site.import_pages import OF_FILE, shown_intake
from lianfang.site.import_watch import Seen, demand_as_seen, newest_entry, seen_in
from lianfang.site.importing import Preview, preview, store_preview
from lianfang.site.intake import Taking
from lianfang.site.registers import REGISTERS

LEAVE_UNREAD = "leave_unread"
"""Name of the box that says: these columns are not imported, and I know it."""
INDEXING_SECONDS = 2.0
"""How long a person waits for the search index after an import; what is left is indexed with later changes."""


class UploadForm(forms.Form):
    """One file, and the unit that its lines belong to where they do not say so themselves."""

    file = forms.FileField(
        label="清单文件",
        error_messages={"required": "请选择要导入的文件。", "empty": "文件是空的，请检查是否上传完整。"},
    )
    unit = forms.ChoiceField(label="默认单位", required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the units over which the person may import."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", units, none="文件里写明了单位")
        if len(units) == 1:
            # Who works for one section only means that section; lists that name their units are not touched by it.
            self.initial.setdefault("unit", units[0][0])

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, if it is not larger than what is read at all."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > WEB.file_size:
            raise forms.ValidationError(
                f"文件超过 {WEB.file_size // MEBIBYTE} MiB，请删去图片和多余的工作表，或拆成几个文件再上传。"
            )
        return file


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it would do is shown on the next page."""
    actor = actor_of(request)
    allow_anywhere(actor, Permission.REGISTERS_IMPORT)
    units = units_where(actor, Permission.REGISTERS_IMPORT)
    form = UploadForm(request.POST or None, request.FILES or None, units=units)
    if request.method == "POST" and form.is_valid():
        token = uploads.keep(request.session, form.cleaned_data["file"], form.cleaned_data["unit"])
        return HttpResponseRedirect(reverse("imports:preview", args=[token]))
    context = {"form": form, "registers": REGISTERS}
    return render(request, "site/import_start.html", context, status=422 if form.errors else 200)


@login_required
def show(request: HttpRequest, token: str) -> HttpResponse:
    """The dry run: every table of the file, what it would change, and every finding with its cell."""
    newest = newest_entry()
    name, previewed = _previewed(request, token)
    return _shown(request, token, (name, previewed), seen_in(previewed, newest))


def _shown(
    request: HttpRequest, token: str, looked_at: tuple[str, Preview], seen: Seen, clash: LianfangError | None = None
) -> HttpResponse:
    name, previewed = looked_at
    shown = [shown_intake(intake) for intake in previewed.intakes]
    is_old = previewed.is_storable and not any(one.created or one.changed for one in previewed.intakes)
    awaits = f"；确认后{previewed.summary}" if previewed.is_storable else ""
    subtitle = "文件里的内容和系统里的一样，没有要写入的" if is_old else f"还没有写入任何内容{awaits}"
    context = {
        "name": name,
        "token": token,
        "preview": previewed,
        "tables": shown,
        "seen": seen,
        "clash": clash,
        "subtitle": subtitle,
        "may_store": previewed.is_storable and not is_old,
        "of_file": gravest_first(found for found in previewed.findings if found.code != LATER),
        "of_file_row": OF_FILE,
        "later": [found for found in previewed.findings if found.code == LATER],
    }
    return render(request, "site/import_preview.html", context, status=clash.status if clash else 200)


@login_required
@require_POST
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Store the file as it was looked at, all or nothing; where that has changed since, show it again instead."""
    newest = newest_entry()
    name, previewed = _previewed(request, token)
    now = seen_in(previewed, newest)
    try:
        demand_as_seen(actor_of(request), previewed, now, Seen.of(request.POST.get("seen", "")))
        _demand_left_knowingly(previewed, request.POST.get(LEAVE_UNREAD, ""))
        done = store_preview(actor_of(request), previewed, f"导入文件 {name}")
    except (Conflict, Invalid, Refused) as clash:
        return _shown(request, token, (name, previewed), now, clash)
    for register, stored in done:
        messages.success(
            request,
            f"{register.sheet.title}：新增 {len(stored.created)} 条，修改 {len(stored.changed)} 条，"
            f"{stored.unchanged} 条没有变化。",
        )
    index_within(INDEXING_SECONDS)
    uploads.discard(request.session, token)
    return HttpResponseRedirect(reverse("home"))


def _demand_left_knowingly(previewed: Preview, said: str) -> None:
    if previewed.unread and said != "yes":
        raise Invalid(
            f"文件里有 {len(previewed.unread)} 列的内容不会导入，还没有导入任何内容。",
            "请看清是哪几列，确实不要的，勾选“我看过了，这些列不导入”。",
        )


def _previewed(request: HttpRequest, token: str) -> tuple[str, Preview]:
    allow_anywhere(actor_of(request), Permission.REGISTERS_IMPORT)
    try:
        name, unit, contents = uploads.found(request.session, token)
        return name, preview(contents, Taking(unit, actor=actor_of(request)))
    except Invalid:
        # A file that cannot be read today cannot be read tomorrow either.
        uploads.discard(request.session, token)
        raise
