"""A plan held against the higher plan that it carries out: taken up, open, late, added (S3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.foundation.journal.records import row_of
from lianfang.programme.plans.comparing import (
    LocalItem,
    Obligation,
    citable,
    compare,
    likeliest,
    meant_by,
    obligations_of,
    said,
    unknown_citations,
)
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.owing import owed_by
from lianfang.programme.plans.programme_rows import DeadlineItem, DutyItem, ProgrammeRow, StageItem, TaskItem
from lianfang.programme.plans.rows import Cycle

HIGHER = ProgrammeRow(
    number="LH-F001",
    unit="LH",
    title="临江区廉洁风险防控工作意见",
    document_number="临纪〔2026〕3号",
    stages=(StageItem(ordinal=1, name="查找风险", start="2026-03-02", end="2026-05-15"),),
    tasks=(TaskItem(name="组织一次警示教育"),),
    deadlines=(DeadlineItem(due="2026-03-20", deliverables=("实施方案", "联络员名单")),),
    duties=(DutyItem(cycle=Cycle.QUARTERLY, what="报送工作信息"),),
)
OBLIGATIONS = obligations_of(owed_by(HIGHER, (), ()))


def is_cited(number: str, title: str, upstream: tuple[str, ...]) -> bool:
    plan = replace(HIGHER, document_number=number, title=title)
    return any(meant_by(cited, [plan], "LH") for cited in upstream)


def local(*deadlines: DeadlineItem, stages: tuple[StageItem, ...] = ()) -> ProgrammeRow:
    return ProgrammeRow(number="LH-F002", unit="LH", title="实施方案", deadlines=deadlines, stages=stages)


@pytest.mark.covers("S3")
def test_a_higher_plan_asks_for_stages_tasks_papers_and_duties() -> None:
    asked = [(one.what, one.text, one.day) for one in OBLIGATIONS]

    assert asked == [
        ("阶段", "查找风险", "2026年5月15日"),
        ("任务", "组织一次警示教育", ""),
        ("报送材料", "实施方案", "2026年3月20日"),
        ("报送材料", "联络员名单", "2026年3月20日"),
        ("定期工作", "每季度：报送工作信息", ""),
    ]
    assert len({one.number for one in OBLIGATIONS}) == 5


@pytest.mark.covers("S3")
def test_what_is_taken_up_open_late_and_added_is_told_apart() -> None:
    plan = local(
        DeadlineItem(due="2026-03-18", deliverables=("实施方案",), cites=("LH-F001-B001",)),
        DeadlineItem(due="2026-04-24", deliverables=("职权目录",)),
        stages=(StageItem(ordinal=1, name="查找", end="2026-05-late", cites=("LH-F001-J001",)),),
    )

    found = compare(OBLIGATIONS, plan)

    taken = {line.obligation.text: [one.late for one in line.taken_up] for line in found.lines}
    assert taken["实施方案"] == [False]
    assert taken["查找风险"] == [True]
    assert taken["联络员名单"] == []
    assert (found.open, found.late, found.is_begun) == (3, 1, True)
    assert [item.text for item in found.added] == ["职权目录"]


@pytest.mark.parametrize(
    ("mine", "is_late"),
    [("2026-05-15", False), ("2026-05-mid", True), ("2026-05", True), ("XXXX-06-01", False), ("", False)],
)
def test_an_item_is_late_where_its_last_day_is_known_to_come_after(mine: str, is_late: bool) -> None:
    stage = StageItem(ordinal=1, name="查找", end=mine, cites=("LH-F001-J001",))

    assert compare(OBLIGATIONS, local(stages=(stage,))).late == int(is_late)


@pytest.mark.covers("S3")
def test_papers_due_together_can_be_taken_up_together_or_apart() -> None:
    choices = citable(OBLIGATIONS)
    plan = local(DeadlineItem(deliverables=("实施方案", "名单"), cites=("LH-F001-B001", "LH-F001-B002")))

    assert [said(one) for one in choices if one[0].what == "报送材料"] == [
        "报送材料：实施方案、联络员名单（2026年3月20日）",
        "报送材料：实施方案（2026年3月20日）",
        "报送材料：联络员名单（2026年3月20日）",
    ]
    assert len(choices) == len(OBLIGATIONS) + 1
    found = compare(OBLIGATIONS, plan)
    assert [line.obligation.text for line in found.lines if line.taken_up] == ["实施方案", "联络员名单"]
    assert found.added == ()


@pytest.mark.parametrize(
    "written",
    [
        "临纪〔2026〕3号《临江区廉洁风险防控工作意见》",
        "临纪[2026]3号",
        "临纪（2026）3 号",
        "临纪【２０２６】３号",
        "《关于廉洁风险防控的意见》（临纪〔2026〕3号）",
        "《临江区廉洁风险防控工作意见》",
        "中共临江区纪委 临纪〔2026〕3号《工作意见》",
        "中共临江区纪委临纪〔2026〕3号",
        "区纪委《临江区廉洁风险防控工作意见》",
    ],
)
@pytest.mark.covers("S3")
def test_a_higher_plan_is_known_however_its_number_is_typed(written: str) -> None:
    assert is_cited(HIGHER.document_number, HIGHER.title, ("上纪〔2017〕31号", written))


@pytest.mark.parametrize(
    "written",
    [
        "临纪〔2026〕13号",
        "纪〔2026〕3号",
        "海临纪〔2026〕3号",
        "临纪〔2025〕3号《临江区廉洁风险防控工作意见》",
        "《另一个意见》",
        "",
    ],
)
def test_another_number_is_another_plan_even_under_the_same_title(written: str) -> None:
    assert not is_cited(HIGHER.document_number, HIGHER.title, (written,))


def test_a_bare_title_means_the_plan_of_the_unit_above_and_the_latest_year() -> None:
    own = replace(HIGHER, number="LH-F002", document_number="", cycle_year=2026)
    older, newer = (replace(HIGHER, number=f"JW-F{year}", unit="JW", cycle_year=year) for year in (2024, 2025))
    cited = f"区纪委《{HIGHER.title}》"

    assert meant_by(cited, [own, older, newer], "LH") == (newer,)
    assert meant_by(cited, [replace(own, cycle_year=2025), own], "LH") == (own,)
    assert meant_by("《另一个意见》", [own, older], "LH") == ()


@pytest.mark.parametrize("filler", ["1", " ", "第", "〔2026〕"])
def test_an_endless_citation_is_looked_through_to_its_end(filler: str) -> None:
    # An unbounded pattern, whose work grows with the cube of the length, would not come to an end here.
    assert not is_cited("临纪〔2026〕3号", "", (filler * (8_000 // len(filler)),))


def test_a_plan_without_a_number_is_known_by_its_title_alone() -> None:
    assert is_cited("", HIGHER.title, (f"《{HIGHER.title}》",))
    assert not is_cited("", "", ("《》", ""))


def test_the_likeliest_item_of_the_same_kind_is_offered_for_what_is_open() -> None:
    wanted = Obligation("X", "报送材料", "实施方案")
    other = LocalItem("任务", "实施方案")
    near, far = LocalItem("报送材料", "本单位实施方案"), LocalItem("报送材料", "工作总结")

    assert likeliest(wanted, [other, far, near]) == near
    assert likeliest(wanted, [other, far]) is None
    assert likeliest(wanted, []) is None
    several = LocalItem("报送材料", "实施方案、动员大会的会议记录和签到表")
    assert likeliest(wanted, [far, several]) == several


@pytest.mark.parametrize(
    ("asked", "written", "suggested"),
    [("实施方案", "实施方法细则表", False), ("联络员名单", "联络员名册一览表及", True)],
    ids=["six of eleven", "eight of fourteen"],
)
def test_a_little_more_than_half_alike_is_suggested_and_half_is_not(asked: str, written: str, suggested: bool) -> None:
    found = likeliest(Obligation("LH-F001-B009", "报送材料", asked), [LocalItem("报送材料", written)])

    assert (found is not None) is suggested


def test_what_is_cited_is_suggested_to_nobody_else() -> None:
    plan = local(DeadlineItem(deliverables=("实施方案",), cites=("LH-F001-B002",)))

    lines = {line.obligation.number: line for line in compare(OBLIGATIONS, plan).lines}

    assert lines["LH-F001-B001"].likely is None


def test_a_citation_of_nothing_known_is_named_with_its_item() -> None:
    plan = local(DeadlineItem(deliverables=("实施方案",), cites=("QT-F009-B001",)))

    (line,) = unknown_citations(plan, OBLIGATIONS)

    assert line == "报送材料“实施方案”落实的“QT-F009-B001”不在上级方案里。"


def test_items_stored_before_there_were_citations_cite_nothing() -> None:
    stored = Programme(
        number="LH-F001",
        unit_id="LH",
        title="老方案",
        state="draft",
        version=1,
        text_digest="",
        stages=[{"ordinal": 1, "name": "动员", "start": "", "end": "", "span": None}],
        tasks=[{"name": "学习", "stage": 1, "section": "", "span": {"start": 1, "end": 3}}],
    )

    row = row_of(stored, ProgrammeRow)

    assert (row.stages[0].cites, row.tasks[0].cites) == ((), ())
