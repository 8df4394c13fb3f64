"""Actions on programmes: from a text to the matrix, and every way it is stopped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from lianfang.conftest import Cast
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import frozen_copy, history_of
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.programme.plans import actions
from lianfang.programme.plans.drafting import LARGEST_TEXT
from lianfang.programme.plans.models import Deliverable, PeriodicDuty, PlanText, Programme, Stage, Submission, Task
from lianfang.programme.plans.owed_rows import DeliverableRow
from lianfang.programme.plans.programme_rows import CalendarPolicy, ProgrammeRow
from lianfang.programme.plans.queries.matrix import matrix_of
from lianfang.programme.plans.queries.programmes import programme_detail, visible_programmes
from lianfang.programme.plans.states import PROGRAMME, SUBMISSION, ProgrammeState, SubmissionState
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN


@pytest.fixture
def draft(cast: Cast) -> ProgrammeRow:
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")


@pytest.fixture
def confirmed(cast: Cast, draft: ProgrammeRow) -> ProgrammeRow:
    return actions.confirm_plan(
        actor=cast.secretary, number=draft.number, expected_version=draft.version, basis="局党组会纪要〔2026〕3号"
    )


@pytest.mark.covers("S2")
def test_a_text_becomes_a_draft_and_is_kept_as_it_came_in(draft: ProgrammeRow) -> None:
    assert draft.number == "LH-F001"
    assert draft.state is ProgrammeState.DRAFT
    assert PlanText.objects.get(programme__number=draft.number).text == PLAN
    assert [len(items) for items in (draft.stages, draft.tasks, draft.deadlines, draft.duties)] == [3, 4, 2, 1]
    assert [(line.verb, line.actor) for line in history_of("programmes", draft.number)] == [("新建", "廉政办吴主任")]


@pytest.mark.covers("S1")
def test_wordings_become_the_live_units_of_the_bureau(draft: ProgrammeRow) -> None:
    assert [item.units for item in draft.deadlines] == [("LH-WRF", "LH-ZF")] * 2


def test_text_from_nowhere_or_without_end_is_refused_with_a_sentence(cast: Cast) -> None:
    with pytest.raises(Invalid, match="没有读到文字"):
        actions.start_plan(actor=cast.coordinator, unit="LH", text=" \n", source_name="空白")
    with pytest.raises(Invalid, match="超过允许的 2048 KiB"):
        actions.start_plan(actor=cast.coordinator, unit="LH", text="一" * LARGEST_TEXT, source_name="大")
    with pytest.raises(Invalid, match="没有编号"):
        actions.start_plan(actor=cast.coordinator, unit="NO-SUCH", text=PLAN, source_name="无主")
    assert not Programme.objects.exists()


def test_only_who_drafts_reads_a_plan_in(cast: Cast) -> None:
    for actor in (cast.clerk, cast.head, cast.commission, cast.outsider, cast.system):
        with pytest.raises(Refused):
            actions.start_plan(actor=actor, unit="LH", text=PLAN, source_name="方案.txt")


def test_every_item_can_be_corrected_added_and_removed(cast: Cast, draft: ProgrammeRow) -> None:
    item = replace(draft.deadlines[0], due="2026-04-27", units=("LH-ZF",), policy=CalendarPolicy.NEXT)
    wanted = replace(
        draft,
        title="临江分局2026年廉洁风险防控工作实施方案",
        stages=draft.stages[1:],
        deadlines=(item, *draft.deadlines[1:], replace(item, deliverables=("补充材料",), span=None)),
    )

    row = actions.correct_plan(actor=cast.coordinator, row=wanted, expected_version=draft.version)

    assert row.title == wanted.title
    assert [stage.name for stage in row.stages] == ["查找风险", "落实措施"]
    assert [one.deliverables for one in row.deadlines][-1] == ("补充材料",)
    assert row.deadlines[0].spared == ("LH-WRF",)
    assert row.version == draft.version + 1
    assert {change.field for change in history_of("programmes", row.number)[0].changes} == {
        "title",
        "stages",
        "deadlines",
    }


def test_number_bureau_text_and_state_are_not_the_correctors_to_change(cast: Cast, draft: ProgrammeRow) -> None:
    forged = replace(draft, unit="QT", text_digest="0" * 64, source_name="别的", state=ProgrammeState.CONFIRMED)

    row = actions.correct_plan(actor=cast.coordinator, row=forged, expected_version=draft.version)

    assert (row.unit, row.text_digest, row.source_name, row.state) == (
        "LH",
        draft.text_digest,
        "方案.txt",
        ProgrammeState.DRAFT,
    )


def test_the_second_of_two_correctors_is_told(cast: Cast, draft: ProgrammeRow) -> None:
    actions.correct_plan(actor=cast.secretary, row=replace(draft, title="改过的"), expected_version=draft.version)

    with pytest.raises(Conflict, match="周书记"):
        actions.correct_plan(actor=cast.coordinator, row=draft, expected_version=draft.version)


@pytest.mark.covers("S11", "S16", "S31")
def test_confirming_creates_stages_tasks_deliverables_and_the_matrix(cast: Cast, confirmed: ProgrammeRow) -> None:
    assert confirmed.state is ProgrammeState.CONFIRMED
    assert [stage.name for stage in Stage.objects.order_by("ordinal")] == ["学习动员", "查找风险", "落实措施"]
    assert next(stage.start for stage in Stage.objects.order_by("ordinal")) == "2026-03-early"
    assert Task.objects.count() == 4
    assert [str(one.to_row().expires.day) for one in Deliverable.objects.order_by("number")] == [
        "2026-04-24",
        "2026-04-24",
        "2026-06-26",
    ]
    assert Submission.objects.count() == 3 * 2
    assert set(Submission.objects.values_list("state", flat=True)) == {SubmissionState.DUE.value}
    assert set(Submission.objects.values_list("unit_path", flat=True)) == {"JW/LH/LH-WRF/", "JW/LH/LH-ZF/"}
    assert PeriodicDuty.objects.get().to_row().submitters == ("LH-WRF", "LH-ZF")
    assert {found.code for found in programme_detail(cast.clerk, confirmed.number).findings} == {"PRG002"}


def test_what_was_confirmed_is_frozen_and_every_part_has_its_journal_entry(confirmed: ProgrammeRow) -> None:
    programme = Programme.objects.get(number=confirmed.number)
    assert programme.approved_entry is not None

    assert frozen_copy(ProgrammeRow, programme.approved_entry) == confirmed
    assert Entry.objects.get(pk=programme.approved_entry).basis == "局党组会纪要〔2026〕3号"
    written = {
        kind: Entry.objects.filter(kind=kind).count()
        for kind in ("stages", "tasks", "deliverables", "submissions", "duties")
    }
    assert written == {"stages": 3, "tasks": 4, "deliverables": 3, "submissions": 6, "duties": 1}
    stored = Deliverable.objects.order_by("number").first()
    entry = Entry.objects.filter(kind="deliverables").order_by("id").first()
    assert stored is not None
    assert entry is not None
    assert frozen_copy(DeliverableRow, entry.pk) == stored.to_row()


def test_a_programme_is_confirmed_once_and_then_stays(cast: Cast, confirmed: ProgrammeRow) -> None:
    with pytest.raises(Conflict):
        actions.confirm_plan(actor=cast.secretary, number=confirmed.number, expected_version=confirmed.version)
    with pytest.raises(Conflict, match="不能再改"):
        actions.correct_plan(actor=cast.coordinator, row=confirmed, expected_version=confirmed.version)
    with pytest.raises(Conflict):
        actions.discard_plan(
            actor=cast.coordinator, number=confirmed.number, expected_version=confirmed.version, note="读错了文件"
        )
    assert Submission.objects.count() == 6


def test_open_errors_of_the_programme_stand_in_the_way(cast: Cast, draft: ProgrammeRow) -> None:
    undated = replace(draft, stages=(replace(draft.stages[0], start="", end=""), *draft.stages[1:]))
    row = actions.correct_plan(actor=cast.coordinator, row=undated, expected_version=draft.version)

    with pytest.raises(Invalid) as stopped:
        actions.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)

    assert any(detail.startswith("PRG001") for detail in stopped.value.details)
    assert not Stage.objects.exists()


def test_a_deadline_without_a_year_cannot_be_confirmed(cast: Cast, draft: ProgrammeRow) -> None:
    vague = replace(draft, cycle_year=None, deadlines=(replace(draft.deadlines[0], due="XXXX-04-24", stage=None),))
    row = actions.correct_plan(actor=cast.coordinator, row=vague, expected_version=draft.version)

    with pytest.raises(Invalid) as stopped:
        actions.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)

    assert "没有年份" in stopped.value.details[0]


def test_who_may_not_confirm_is_refused_and_who_may_not_see_gets_nothing(cast: Cast, draft: ProgrammeRow) -> None:
    for actor in (cast.clerk, cast.head, cast.deputy, cast.commission, cast.outsider):
        with pytest.raises(Absent):
            actions.confirm_plan(actor=actor, number=draft.number, expected_version=draft.version)


def test_a_discarded_draft_keeps_its_reason(cast: Cast, draft: ProgrammeRow) -> None:
    with pytest.raises(Invalid, match="理由"):
        actions.discard_plan(actor=cast.coordinator, number=draft.number, expected_version=draft.version, note=" ")

    row = actions.discard_plan(
        actor=cast.coordinator, number=draft.number, expected_version=draft.version, note="读错了文件"
    )

    assert row.state is ProgrammeState.VOID
    assert history_of("programmes", row.number)[0].note == "读错了文件"


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("coordinator", True, True), ("secretary", True, True), ("deputy", False, True), ("head", False, True),
        ("clerk", False, True), ("legal", False, True), ("commission", False, True), ("outsider", False, False),
        ("system", False, False), ("security", False, False), ("auditor", False, False),
    ],
)  # fmt: skip
def test_drafts_are_seen_by_those_who_work_on_them_and_programmes_by_the_whole_bureau(
    cast: Cast, draft: ProgrammeRow, part: str, before: bool, after: bool
) -> None:
    assert visible_programmes(getattr(cast, part)).exists() is before

    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    assert visible_programmes(getattr(cast, part)).exists() is after


def test_the_matrix_has_a_line_a_unit_and_a_cell_a_deliverable(cast: Cast, draft: ProgrammeRow) -> None:
    spared = replace(draft, deadlines=(replace(draft.deadlines[0], units=("LH-ZF",)), draft.deadlines[1]))
    row = actions.correct_plan(actor=cast.coordinator, row=spared, expected_version=draft.version)
    actions.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)

    matrix = matrix_of(cast.clerk, row.number)

    assert [line.name for line in matrix.lines] == ["污染防治科", "综合执法大队"]
    assert [(cell.state, cell.spared) for cell in matrix.lines[0].cells] == [
        (None, True),
        (None, True),
        (SubmissionState.DUE, False),
    ]
    assert [line.owed for line in matrix.lines] == [1, 3]
    assert matrix.findings == ()


def test_a_unit_owes_a_deliverable_only_once(confirmed: ProgrammeRow) -> None:
    first = Submission.objects.order_by("number").first()
    assert first is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(
            number="another",
            programme=first.programme,
            deliverable=first.deliverable,
            unit=first.unit,
            unit_path=first.unit_path,
            state="due",
        )


def test_the_lifecycles_know_only_what_is_built() -> None:
    assert {(move.name, move.source.value, move.target.value) for move in PROGRAMME.moves} == {
        ("confirm", "draft", "confirmed"),
        ("discard", "draft", "void"),
    }
    assert SUBMISSION.initial is SubmissionState.DUE
