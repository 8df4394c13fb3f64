"""What came and when: noting it, taking it back, and the matrix that says who is late (S31)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from lianfang.conftest import Cast
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.programme.plans import actions
from lianfang.programme.plans.lateness import Timing
from lianfang.programme.plans.models import Submission
from lianfang.programme.plans.owed_rows import Came
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.queries.matrix import matrix_of
from lianfang.programme.plans.states import SubmissionState
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN

LIST = "LH-F001-B001"
"""The list of duties, due on 24 April 2026 from LH-WRF and LH-ZF."""
TODAY = dt.date(2026, 4, 27)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Noon of ``TODAY`` in China; the clock goes on, so that sessions stay valid."""
    with time_machine.travel(dt.datetime(2026, 4, 27, 4, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def confirmed(cast: Cast) -> ProgrammeRow:
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    return actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)


def came(unit: str, day: dt.date | None, version: int = 1) -> Came:
    return Came(unit=unit, day=day, version=version)


def timings(cast: Cast, number: str) -> dict[str, list[str]]:
    """Unit → what its cells say."""
    found = matrix_of(cast.coordinator, number)
    return {line.unit: [cell.lateness.said for cell in line.cells if cell.lateness] for line in found.lines}


@pytest.mark.covers("S31")
def test_the_matrix_says_what_is_overdue_late_and_in_time(cast: Cast, confirmed: ProgrammeRow) -> None:
    assert timings(cast, confirmed.number) == {unit: ["逾期3天", "逾期3天", "未到期"] for unit in ("LH-WRF", "LH-ZF")}

    on_time, late = came("LH-WRF", dt.date(2026, 4, 23)), came("LH-ZF", dt.date(2026, 4, 26))
    actions.register_submissions(actor=cast.coordinator, deliverable=LIST, came=[on_time, late])

    assert timings(cast, confirmed.number) == {
        "LH-WRF": ["按时报送", "逾期3天", "未到期"],
        "LH-ZF": ["迟报2天", "逾期3天", "未到期"],
    }
    found = matrix_of(cast.coordinator, confirmed.number)
    assert [(line.owed, line.overdue) for line in found.lines] == [(2, 1), (2, 1)]
    assert found.tally == ((Timing.AHEAD, 2), (Timing.OVERDUE, 2), (Timing.ON_TIME, 1), (Timing.LATE, 1))
    assert [line.verb for line in history_of("submissions", f"{LIST}.LH-ZF")] == ["登记报送", "新建"]


def test_a_note_is_corrected_and_taken_back(cast: Cast, confirmed: ProgrammeRow) -> None:
    for version, day in enumerate((TODAY, dt.date(2026, 4, 20), None), start=1):
        (row,) = actions.register_submissions(
            actor=cast.coordinator, deliverable=LIST, came=[came("LH-ZF", day, version)]
        )
        assert (row.submitted_on, row.version) == (day, version + 1)

    assert row.state is SubmissionState.DUE
    assert timings(cast, confirmed.number)["LH-ZF"][0] == "逾期3天"


@pytest.mark.usefixtures("confirmed")
def test_what_does_not_differ_is_not_written(cast: Cast) -> None:
    assert actions.register_submissions(actor=cast.coordinator, deliverable=LIST, came=[came("LH-ZF", None)]) == ()
    assert Submission.objects.get(number=f"{LIST}.LH-ZF").version == 1


@pytest.mark.usefixtures("confirmed")
def test_a_day_to_come_and_a_unit_that_owes_nothing_are_refused(cast: Cast) -> None:
    with pytest.raises(Invalid, match="还没有到"):
        actions.register_submissions(
            actor=cast.coordinator, deliverable=LIST, came=[came("LH-ZF", TODAY + dt.timedelta(days=1))]
        )
    with pytest.raises(Invalid, match="不用报送"):
        actions.register_submissions(actor=cast.coordinator, deliverable=LIST, came=[came("QT", TODAY)])


@pytest.mark.usefixtures("confirmed")
def test_the_second_of_two_who_note_the_same_cell_is_told(cast: Cast) -> None:
    actions.register_submissions(actor=cast.coordinator, deliverable=LIST, came=[came("LH-ZF", TODAY)])

    with pytest.raises(Conflict):
        actions.register_submissions(actor=cast.secretary, deliverable=LIST, came=[came("LH-ZF", dt.date(2026, 4, 20))])


@pytest.mark.usefixtures("confirmed")
def test_only_who_keeps_the_programme_notes_what_came(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.register_submissions(actor=cast.clerk, deliverable=LIST, came=[came("LH-ZF", TODAY)])
    with pytest.raises(Absent):
        actions.register_submissions(actor=cast.outsider, deliverable=LIST, came=[came("LH-ZF", TODAY)])


@pytest.mark.usefixtures("confirmed")
def test_the_database_keeps_a_day_for_what_came_and_for_nothing_else() -> None:
    one = Submission.objects.filter(number=f"{LIST}.LH-ZF")

    for wrong in ({"state": "submitted"}, {"submitted_on": TODAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            one.update(**wrong)


def sent(day: str) -> dict[str, str]:
    return {
        "form-TOTAL_FORMS": "2",
        "form-INITIAL_FORMS": "2",
        "form-0-unit": "LH-WRF",
        "form-0-version": "1",
        "form-0-day": day,
        "form-1-unit": "LH-ZF",
        "form-1-version": "1",
        "form-1-day": "",
    }


def test_days_are_noted_on_the_page_and_seen_in_the_matrix_and_its_export(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow
) -> None:
    client = sign_in(cast.coordinator)
    address = reverse("plans:deliverable", args=[LIST])
    assert "登记报送日期" in client.get(address).content.decode()

    answer = client.post(address, sent("2026-04-26"), follow=True)

    assert "已登记 1 家" in answer.content.decode()
    assert 'value="2026-04-26"' in answer.content.decode()
    shown = client.get(reverse("plans:matrix", args=[confirmed.number])).content.decode()
    assert "迟报2天" in shown
    assert "逾期未报 3；迟报 1" in shown
    book = load_workbook(
        io.BytesIO(client.get(reverse("exports:programme", args=[confirmed.number]), {"format": "xlsx"}).content)
    )
    lines = {row[0].value: [cell.value for cell in row][1:6] for row in book.worksheets[0].iter_rows()}
    assert lines["污染防治科"] == ["已报送2026-04-26（迟报2天）", "待报送（逾期3天）", "待报送", 2, 1]


@pytest.mark.usefixtures("confirmed")
def test_what_is_no_date_is_said_at_its_field(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.coordinator).post(reverse("plans:deliverable", args=[LIST]), sent("昨天"))

    assert answer.status_code == 422
    assert "请填写日期" in answer.content.decode()


@pytest.mark.usefixtures("confirmed")
def test_others_see_the_page_without_fields_and_strangers_nothing(cast: Cast, sign_in: SignIn) -> None:
    address = reverse("plans:deliverable", args=[LIST])

    shown = sign_in(cast.clerk).get(address).content.decode()

    assert "逾期3天" in shown
    assert "登记报送日期" not in shown
    assert sign_in(cast.clerk).post(address, sent("2026-04-26")).status_code == 403
    assert sign_in(cast.outsider).get(address).status_code == 404


def test_the_page_of_the_programme_counts_what_is_missing_and_calls_fields_by_name(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow
) -> None:
    address = reverse("plans:detail", args=[confirmed.number])

    shown = sign_in(cast.clerk).get(address).content.decode()

    assert "未报 4 份" in shown
    assert "“开始”" in shown
    assert "“start”" not in shown
    for paper in (LIST, "LH-F001-B002"):
        days = [came(unit, dt.date(2026, 4, 23)) for unit in ("LH-WRF", "LH-ZF")]
        actions.register_submissions(actor=cast.coordinator, deliverable=paper, came=days)
    assert "已报齐" in sign_in(cast.clerk).get(address).content.decode()
