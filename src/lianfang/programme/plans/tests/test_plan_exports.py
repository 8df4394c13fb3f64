"""The matrix of a programme taken away as a workbook and in every other format."""

from __future__ import annotations

import datetime
import io

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans import actions
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN


@pytest.fixture
def confirmed(cast: Cast) -> ProgrammeRow:
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    return actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)


@time_machine.travel(datetime.datetime(2026, 3, 30, 4, tzinfo=datetime.UTC))
def test_the_matrix_is_taken_away_as_a_workbook(cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow) -> None:
    answer = sign_in(cast.clerk).get(reverse("exports:programme", args=[confirmed.number]), {"format": "xlsx"})

    book = load_workbook(io.BytesIO(answer.content))
    cells = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    heading = next(row for row in cells if row[0] == "单位")
    lines = {row[0]: row[1:6] for row in cells}
    assert heading[1] == "职权目录（2026年4月24日）"
    assert lines["综合执法大队"] == ["待报送", "待报送", "待报送", 3, 0]
    assert len(book.worksheets) >= 3


@pytest.mark.parametrize("file_format", ["docx", "pdf", "csv"])
def test_the_matrix_is_taken_away_in_every_other_format(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow, file_format: str
) -> None:
    address = reverse("exports:programme", args=[confirmed.number])

    answer = sign_in(cast.clerk).get(address, {"format": file_format})

    assert answer.status_code == 200
    assert len(answer.content) > 200
    assert sign_in(cast.outsider).get(address).status_code == 404
