"""Plans that come as workbooks, and files that are no plan's: read sheet by sheet, or refused with a sentence."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from lianfang.conftest import Cast
from lianfang.foundation.documents.isolation import read_file
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans.files import plan_text
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.reader import read_plan

Rows = tuple[tuple[str | int | datetime.date, ...], ...]
STAGES: Rows = (
    ("临江分局2027年廉政风险防控工作推进表",),
    ("序号", "阶段名称", "开始时间", "结束时间", "工作内容", "责任科室"),
    (1, "动员培训", "2027.1.4", "2027.1.22", "召开动员会；开展业务培训", "办公室"),
    (2, "查找风险", datetime.date(2027, 4, 1), datetime.date(2027, 5, 31), "查找风险点\n评定风险等级", "各科室"),
)
PAPERS: Rows = (("报送材料", "完成时限", "报送单位", "接收单位"), ("风险清单", "2027年5月25日前", "各科室", "机关纪委"))


def workbook() -> bytes:
    """A plan in two sheets: its stages, and what is handed in."""
    book, kept = Workbook(), io.BytesIO()
    first, second = book.active, book.create_sheet("报送")
    assert first is not None
    for row in STAGES:
        first.append(row)
    for row in PAPERS:
        second.append(row)
    book.save(kept)
    return kept.getvalue()


@pytest.mark.covers("S11", "S31")
def test_a_workbook_is_read_sheet_by_sheet() -> None:
    text = plan_text(read_file(workbook()))

    plan = read_plan(text)

    assert text.splitlines()[2] == "1\t动员培训\t2027.1.4\t2027.1.22\t召开动员会；开展业务培训\t办公室"
    assert [(stage.name, str(stage.start), str(stage.end)) for stage in plan.stages] == [
        ("动员培训", "2027-01-04", "2027-01-22"),
        ("查找风险", "2027-04-01", "2027-05-31"),
    ]
    assert [task.name for task in plan.tasks] == ["召开动员会", "开展业务培训", "查找风险点", "评定风险等级"]
    (due,) = plan.deadlines
    assert (str(due.date), due.submitter, due.deliverables, due.receivers) == (
        "2027-05-25",
        "各科室",
        ("风险清单",),
        ("机关纪委",),
    )
    assert due.date_span
    assert text[due.date_span.start : due.date_span.end] == "2027年5月25日"


def test_a_workbook_is_read_in_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    upload = SimpleUploadedFile("推进表.xlsx", workbook())

    sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "file": upload})

    row = Programme.objects.get().to_row()
    assert [stage.name for stage in row.stages] == ["动员培训", "查找风险"]
    assert row.source_name == "推进表.xlsx"


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"%PDF-1.7 \x00"])
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(cast: Cast, sign_in: SignIn, content: bytes) -> None:
    upload = SimpleUploadedFile("方案.doc", content)

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "file": upload})

    assert answer.status_code == 422
    assert "请" in answer.content.decode().split("<main", 1)[1]
    assert not Programme.objects.exists()
