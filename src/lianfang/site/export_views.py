"""Downloads: every register in every format, and its empty form."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lianfang.foundation.documents.document import Document, Format
from lianfang.foundation.documents.writers import CONTENT_TYPES, rendered
from lianfang.foundation.web.register_pages import actor_of
from lianfang.kernel.errors import Invalid
from lianfang.programme.plans.queries.documents import comparison_document, programme_document
from lianfang.site.exports import (
    ledger_document,
    negative_document,
    post_grade_document,
    register_document,
    snapshot_document,
)


@login_required
@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """One register as xlsx, csv, docx, pdf or json (``?format=``), of one unit (``?unit=``) or all readable ones."""
    document = register_document(
        actor_of(request), kind, request.GET.get("unit", ""), template=request.GET.get("template") == "1"
    )
    return download(document, request.GET.get("format", "xlsx"))


@login_required
@require_safe
def ledger(request: HttpRequest, unit: str) -> HttpResponse:
    """The ledger of one unit (``?format=xlsx|docx|pdf|csv``)."""
    return download(ledger_document(actor_of(request), unit), request.GET.get("format", "xlsx"))


@login_required
@require_safe
def snapshot(request: HttpRequest, number: str) -> HttpResponse:
    """One kept ledger as it was generated (``?format=xlsx|docx|pdf|csv``)."""
    return download(snapshot_document(actor_of(request), number), request.GET.get("format", "xlsx"))


@login_required
@require_safe
def post_grades(request: HttpRequest) -> HttpResponse:
    """岗位风险等级清单 of one unit (``?unit=``) or of all that may be read."""
    document = post_grade_document(actor_of(request), request.GET.get("unit", ""))
    return download(document, request.GET.get("format", "xlsx"))


@login_required
@require_safe
def negative_list(request: HttpRequest, unit: str) -> HttpResponse:
    """The approved negative list of one unit, or of one of its posts (``?post=``)."""
    document = negative_document(actor_of(request), unit, request.GET.get("post", ""))
    return download(document, request.GET.get("format", "docx"))


@login_required
@require_safe
def programme(request: HttpRequest, number: str) -> HttpResponse:
    """Matrix, deliverables and stages of one programme (``?format=xlsx|docx|pdf|csv``)."""
    return download(programme_document(actor_of(request), number), request.GET.get("format", "xlsx"))


@login_required
@require_safe
def upstream(request: HttpRequest, number: str) -> HttpResponse:
    """A programme beside its higher plans (``?format=xlsx|docx|pdf|csv``)."""
    return download(comparison_document(actor_of(request), number), request.GET.get("format", "xlsx"))


def download(document: Document, extension: str) -> HttpResponse:
    """A document as an attachment with a Chinese file name.

    Raises:
        Invalid: an unknown format.
    """
    try:
        file_format = Format(extension)
    except ValueError as error:
        raise Invalid(f"不能导出为“{extension}”。", f"可以选：{'、'.join(Format)}。") from error
    response = HttpResponse(rendered(document, file_format), content_type=CONTENT_TYPES[file_format])
    name = f"{document.title}_{timezone.localdate():%Y%m%d}.{extension}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response
