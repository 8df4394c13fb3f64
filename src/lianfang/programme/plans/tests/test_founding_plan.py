"""The founding document through the browser: uploaded, read whole, its contradictions shown, confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.programme.plans.models import Deliverable, PlanText, Programme, Stage, Submission, Task

SOURCE = Path(__file__).resolve().parents[6] / "shared" / "corpus" / "plans" / "00.txt"
OFFICES = (
    ("HB-BG", "办公室", UnitKind.SECTION),
    ("HB-XK", "行政许可科", UnitKind.SECTION),
    ("HB-ZD", "环境监察大队", UnitKind.BRIGADE),
    ("HB-JC", "环境监测站", UnitKind.STATION),
)

pytestmark = pytest.mark.corpus


@pytest.fixture
def coordinator(cast: Cast, sign_in: Callable[[User], Client]) -> Client:
    """A client of the coordinator, whose bureau has two sections, a brigade and a station."""
    Unit.objects.filter(number__in=["LH-WRF", "LH-ZF"]).update(valid_to="2020-01-01")
    for number, name, kind in OFFICES:
        Unit.objects.create(number=number, name=name, unit_kind=kind.value, parent_id="LH", path=f"JW/LH/{number}/")
    return sign_in(cast.coordinator)


@pytest.fixture
def shown(coordinator: Client) -> str:
    """The reading page right after the upload."""
    upload = SimpleUploadedFile("00.txt", SOURCE.read_bytes())
    answer = coordinator.post(reverse("plans:start"), {"unit": "LH", "file": upload}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def confirmed(shown: str, cast: Cast, sign_in: Callable[[User], Client]) -> str:
    """The programme's page right after the secretary confirmed what was read, without any correction."""
    programme = Programme.objects.get()
    step = reverse("plans:step", args=[programme.number, "confirm"])
    assert "确认方案" in shown
    answer = sign_in(cast.secretary).post(step, {"version": programme.version, "note": ""}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.covers("S1", "S2", "S3", "S4", "S11")
def test_the_document_is_read_whole(shown: str) -> None:
    row = Programme.objects.get().to_row()

    assert "深化廉洁从政风险防控实施方案" in shown
    assert (row.document_number, str(row.issued_on), row.cycle_year) == ("", "2017-06-21", 2017)
    assert row.upstream[0].startswith("上纪〔2017〕31号")
    assert row.addressees == ("局属各科室", "监察大队", "监测站")
    assert row.purpose.endswith("构建具有环保特色的惩防体系")
    assert [len(row.stages), len(row.deadlines), len(row.tasks)] == [4, 4, 12]
    assert row.tasks[0].name == "制定方案"
    assert PlanText.objects.get().text.rstrip("\n") == SOURCE.read_text("utf-8").rstrip("\n")


@pytest.mark.covers("S12")
def test_the_fuzzy_window_of_the_first_stage_is_shown_as_it_was_written(shown: str) -> None:
    assert shown.count('value="2017年6月中旬"') == 2
    assert Programme.objects.get().to_row().stages[0].start == "2017-06-mid"


@pytest.mark.covers("S18", "S32", "S50", "S51")
def test_its_contradictions_are_shown_with_a_way_to_their_place(shown: str) -> None:
    findings = shown.split('id="findings"', 1)[1].split("</ul>", 1)[0]

    assert "之间空出2天（10月16日至10月17日）" in findings
    assert "期限2017年10月5日是国庆节假期" in findings
    assert "建议：2017年9月30日" in findings
    assert "开始日2017年6月25日是周日" in findings
    assert "期限2017年6月21日" in findings
    assert "重叠" not in findings
    targets = re.findall(r'href="#(at-\d+)"', findings)
    assert len(targets) == findings.count("<li>")
    assert all(f'id="{target}"' in shown for target in targets)


@pytest.mark.covers("S17", "S31", "S50", "S70")
def test_confirming_it_creates_its_matrix(confirmed: str) -> None:
    offices = {number for number, _, _ in OFFICES}
    by_due: dict[str, set[tuple[str, str]]] = {}
    for one in Submission.objects.select_related("deliverable"):
        by_due.setdefault(one.deliverable.due, set()).add((one.deliverable.name, one.unit_id))

    assert "时间轴" in confirmed
    assert by_due["2017-08-10"] == {
        (name, unit) for name in ("权力清单", "负面清单", "岗位风险等级清单") for unit in offices
    }
    assert {unit for _, unit in by_due["2017-06-21"]} == {"LH"}
    assert [len(by_due[due]) for due in sorted(by_due)] == [2, 3 * 4, 3 * 4, 2 * 4]
    first = Deliverable.objects.filter(due="2017-06-21")
    assert {(one.receiver, one.receiver_unit_id) for one in first} == {("区纪委", "JW")}
    assert [(stage.start, stage.end) for stage in Stage.objects.order_by("ordinal")] == [
        ("2017-06-mid", "2017-06-mid"),
        ("2017-06-25", "2017-08-20"),
        ("2017-08-20", "2017-10-15"),
        ("2017-10-18", "2017-11-15"),
    ]
    assert [Task.objects.filter(stage__ordinal=ordinal).count() for ordinal in (1, 2, 3, 4)] == [2, 3, 4, 3]


@pytest.mark.covers("S31", "S50")
def test_the_matrix_page_shows_units_against_deliverables_and_the_holiday(confirmed: str, coordinator: Client) -> None:
    number = Programme.objects.get().number
    assert reverse("plans:matrix", args=[number]) in confirmed

    shown = coordinator.get(reverse("plans:matrix", args=[number])).content.decode()

    assert shown.count("待报送</span>") == 2 + 12 + 12 + 8
    assert "当天是国庆节假期" in shown
    assert "环境监察大队" in shown
