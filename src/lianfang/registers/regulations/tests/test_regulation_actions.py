"""Actions on regulations: from evaluation to force and back, and every way it is stopped."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import frozen_copy, history_of
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.registers.powers.models import Power
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.actions import Issue
from lianfang.registers.regulations.models import Regulation, RegulationPower
from lianfang.registers.regulations.queries import NEEDED, moves_open_to, regulation_detail, visible_regulations
from lianfang.registers.regulations.rows import CauseCode, ChangeKind, Mechanism, RegulationRow
from lianfang.registers.regulations.rows import TestResult as Verdict  # pytest collects names that begin with Test
from lianfang.registers.regulations.states import REGULATION, RegulationState

INSPECTION = RegulationRow(
    number="",
    unit="LH-WRF",
    title="危险废物现场检查工作规范",
    change=ChangeKind.NEW,
    powers=("LH-WRF-P001",),
    cause=CauseCode.MISSING,
    evaluation="检查行程由一人安排，没有制度约束。",
    integrity_test=Verdict(True, "没有设权条款"),
    reason_test=Verdict(True, "与条例第二十五条一致"),
    effect_test=Verdict(False, "尚未施行"),
    basis=("《排污许可管理条例》第二十五条",),
    accountability="泄露检查行程的，调离执法岗位。",
)
KEEPING = replace(
    INSPECTION,
    title="印章管理办法",
    change=ChangeKind.KEEP,
    powers=(),
    cause=None,
    effect_test=Verdict(True, "两年没有发现违规用印"),
    effective_on=datetime.date(2024, 1, 1),
)


@pytest.fixture
def evaluated(cast: Cast, power: Power) -> RegulationRow:
    return actions.create_regulation(actor=cast.head, row=INSPECTION)


@pytest.fixture
def in_force(cast: Cast, evaluated: RegulationRow) -> RegulationRow:
    return put_into_force(cast, evaluated)


def adopt(cast: Cast, row: RegulationRow) -> RegulationRow:
    row = actions.draft_regulation(actor=cast.coordinator, number=row.number, expected_version=row.version)
    row = actions.check_regulation(actor=cast.legal, number=row.number, expected_version=row.version)
    return actions.adopt_regulation(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕9号"
    )


def put_into_force(cast: Cast, row: RegulationRow, number: str = "临环〔2026〕12号") -> RegulationRow:
    row = adopt(cast, row)
    issue = Issue(number, timezone.localdate())
    return actions.enforce_regulation(
        actor=cast.coordinator, number=row.number, expected_version=row.version, issue=issue
    )


@pytest.mark.covers("S34", "S35")
def test_a_new_regulation_goes_from_evaluation_into_force_through_several_hands(
    cast: Cast, in_force: RegulationRow
) -> None:
    assert in_force.state is RegulationState.IN_FORCE
    assert in_force.document_number == "临环〔2026〕12号"
    assert [(line.verb, line.actor) for line in history_of("regulations", in_force.number)] == [
        ("施行", "廉政办吴主任"),
        ("审议通过", "周书记"),
        ("合法性审核通过", "郑审核员"),
        ("起草制度", "廉政办吴主任"),
        ("新建", "张科长"),
    ]


def test_what_binds_is_frozen_with_its_document_number(cast: Cast, in_force: RegulationRow) -> None:
    stored = Regulation.objects.get()

    assert stored.in_effect
    assert frozen_copy(RegulationRow, stored.approved_entry or 0) == in_force


def test_numbers_follow_the_unit_and_the_letter_of_the_register(cast: Cast, power: Power) -> None:
    first = actions.create_regulation(actor=cast.head, row=INSPECTION)
    second = actions.create_regulation(actor=cast.head, row=replace(INSPECTION, title="另一项制度"))

    assert (first.number, second.number) == ("LH-WRF-G001", "LH-WRF-G002")


@pytest.mark.covers("S36")
def test_the_table_of_coverage_follows_every_edit(cast: Cast, evaluated: RegulationRow) -> None:
    assert list(RegulationPower.objects.values_list("power__number", flat=True)) == ["LH-WRF-P001"]

    actions.edit_regulation(actor=cast.head, row=replace(evaluated, powers=()), expected_version=evaluated.version)

    assert not RegulationPower.objects.exists()


def test_a_regulation_cannot_cover_a_power_that_does_not_exist(cast: Cast, power: Power) -> None:
    with pytest.raises(Invalid, match="LH-WRF-P999"):
        actions.create_regulation(actor=cast.head, row=replace(INSPECTION, powers=("LH-WRF-P001", "LH-WRF-P999")))

    assert not Regulation.objects.exists()


def test_adopting_needs_the_minutes(cast: Cast, evaluated: RegulationRow) -> None:
    row = actions.draft_regulation(actor=cast.head, number=evaluated.number, expected_version=evaluated.version)
    row = actions.check_regulation(actor=cast.legal, number=row.number, expected_version=row.version)

    with pytest.raises(Invalid, match="会议纪要"):
        actions.adopt_regulation(actor=cast.secretary, number=row.number, expected_version=row.version, basis="  ")


@pytest.mark.parametrize("issue", [Issue(" ", datetime.date(2026, 1, 1)), Issue("临环〔2026〕1号", datetime.date.max)])
def test_a_regulation_comes_into_force_with_a_number_and_on_a_day_that_has_come(
    cast: Cast, evaluated: RegulationRow, issue: Issue
) -> None:
    row = adopt(cast, evaluated)

    with pytest.raises(Invalid):
        actions.enforce_regulation(actor=cast.coordinator, number=row.number, expected_version=row.version, issue=issue)

    assert Regulation.objects.get().state == "adopted"


def test_a_return_needs_a_reason(cast: Cast, evaluated: RegulationRow) -> None:
    row = actions.draft_regulation(actor=cast.head, number=evaluated.number, expected_version=evaluated.version)
    with pytest.raises(Invalid, match="理由"):
        actions.return_regulation(actor=cast.legal, number=row.number, expected_version=row.version, note="")

    row = actions.return_regulation(
        actor=cast.legal, number=row.number, expected_version=row.version, note="第五条与上位法不一致。"
    )

    assert row.state is RegulationState.EVALUATED
    assert history_of("regulations", row.number)[0].note == "第五条与上位法不一致。"


@pytest.mark.covers("S35")
def test_an_existing_regulation_is_kept_with_a_basis_and_then_binds(cast: Cast, power: Power) -> None:
    row = actions.create_regulation(actor=cast.head, row=KEEPING)
    with pytest.raises(Invalid, match="依据"):
        actions.keep_regulation(actor=cast.secretary, number=row.number, expected_version=row.version, basis="")

    kept = actions.keep_regulation(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="临环〔2023〕4号"
    )

    assert kept.state is RegulationState.IN_FORCE
    assert Regulation.objects.get().approved_entry is not None


@pytest.mark.covers("S35")
def test_a_conclusion_of_keeping_does_not_open_the_way_of_drafting(cast: Cast, power: Power) -> None:
    row = actions.create_regulation(actor=cast.head, row=KEEPING)

    with pytest.raises(Invalid, match="不走起草程序"):
        actions.draft_regulation(actor=cast.head, number=row.number, expected_version=row.version)


@pytest.mark.covers("S34", "S35")
def test_a_regulation_in_force_is_evaluated_again_and_binds_meanwhile(cast: Cast, in_force: RegulationRow) -> None:
    found = replace(
        in_force,
        change=ChangeKind.REVISE,
        cause=CauseCode.NOT_EXECUTED,
        evaluation="抽查 12 份记录，4 份没有签字。",
        title="不应被评估改动的名称",
    )

    row = actions.evaluate_regulation(actor=cast.head, row=found, expected_version=in_force.version)

    assert row.state is RegulationState.EVALUATED
    assert (row.change, row.cause) == (ChangeKind.REVISE, CauseCode.NOT_EXECUTED)
    assert row.title == INSPECTION.title
    assert Regulation.objects.get().in_effect


def test_an_evaluation_needs_a_conclusion_and_says_what_failed(cast: Cast, in_force: RegulationRow) -> None:
    nothing = replace(in_force, change=None)
    silent = replace(in_force, effect_test=Verdict(False))

    for row in (nothing, silent):
        with pytest.raises(Invalid):
            actions.evaluate_regulation(actor=cast.head, row=row, expected_version=in_force.version)


def test_what_is_under_review_cannot_be_evaluated_or_edited(cast: Cast, evaluated: RegulationRow) -> None:
    row = actions.draft_regulation(actor=cast.head, number=evaluated.number, expected_version=evaluated.version)

    with pytest.raises(Conflict, match="正在办理"):
        actions.evaluate_regulation(actor=cast.head, row=row, expected_version=row.version)
    with pytest.raises(Conflict, match="不能修改"):
        actions.edit_regulation(actor=cast.head, row=row, expected_version=row.version)


def test_a_revision_of_guarded_text_is_stale_until_it_is_adopted_again(cast: Cast, in_force: RegulationRow) -> None:
    row = actions.evaluate_regulation(
        actor=cast.head, row=replace(in_force, change=ChangeKind.REVISE), expected_version=in_force.version
    )

    row = actions.edit_regulation(
        actor=cast.head, row=replace(row, accountability="加重处理。"), expected_version=row.version
    )

    assert Regulation.objects.get().stale
    assert [change.field for change in regulation_detail(cast.head, row.number).since_approval] == ["accountability"]
    put_into_force(cast, row, "临环〔2026〕20号")
    assert not Regulation.objects.get().stale


@pytest.mark.covers("S35")
def test_the_regulation_that_a_new_one_replaces_ends_with_its_force(cast: Cast, in_force: RegulationRow) -> None:
    newer = replace(INSPECTION, title="危险废物现场检查工作规范（2026年修订）", replaces=in_force.number)
    row = actions.create_regulation(actor=cast.head, row=newer)

    put_into_force(cast, row, "临环〔2026〕30号")

    old = Regulation.objects.get(number=in_force.number)
    assert (old.state, old.in_effect) == ("repealed", False)
    assert row.number in history_of("regulations", in_force.number)[0].basis


@pytest.mark.covers("S35")
def test_a_repeal_needs_the_conclusion_and_a_basis(cast: Cast, in_force: RegulationRow) -> None:
    with pytest.raises(Invalid, match="重新评估"):
        actions.repeal_regulation(
            actor=cast.secretary, number=in_force.number, expected_version=in_force.version, basis="纪要"
        )
    row = actions.evaluate_regulation(
        actor=cast.head, row=replace(in_force, change=ChangeKind.REPEAL), expected_version=in_force.version
    )

    row = actions.repeal_regulation(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕11号"
    )

    assert row.state is RegulationState.REPEALED
    assert not Regulation.objects.get().in_effect


@pytest.mark.parametrize(
    ("part", "action"),
    [
        ("clerk", actions.draft_regulation),
        ("head", actions.check_regulation),
        ("deputy", actions.adopt_regulation),
        ("head", actions.keep_regulation),
        ("coordinator", actions.repeal_regulation),
    ],
)
def test_who_has_no_part_in_a_step_is_refused(
    cast: Cast, evaluated: RegulationRow, part: str, action: Callable[..., RegulationRow]
) -> None:
    said = {"basis": "纪要"} if "basis" in action.__annotations__ else {}

    with pytest.raises(Refused):
        action(actor=getattr(cast, part), number=evaluated.number, expected_version=1, **said)

    assert Entry.objects.filter(kind="regulations").count() == 1


def test_another_bureau_finds_nothing(cast: Cast, evaluated: RegulationRow) -> None:
    with pytest.raises(Absent):
        actions.draft_regulation(actor=cast.outsider, number=evaluated.number, expected_version=1)


def test_the_second_of_two_writers_is_told(cast: Cast, evaluated: RegulationRow) -> None:
    actions.edit_regulation(actor=cast.coordinator, row=replace(evaluated, evaluation="补充。"), expected_version=1)

    with pytest.raises(Conflict) as clash:
        actions.edit_regulation(actor=cast.head, row=replace(evaluated, title="别的名称"), expected_version=1)

    assert "廉政办吴主任" in clash.value.message
    assert Regulation.objects.get().title == INSPECTION.title


def test_everybody_of_the_bureau_sees_what_binds_and_nobody_else_its_drafts(
    cast: Cast, evaluated: RegulationRow
) -> None:
    office = actions.create_regulation(actor=cast.coordinator, row=replace(INSPECTION, unit="LH-ZF", powers=()))
    assert office.number not in {row.number for row in visible_regulations(cast.clerk)}

    put_into_force(cast, office)

    assert office.number in {row.number for row in visible_regulations(cast.clerk)}
    assert {row.number for row in visible_regulations(cast.commission)} == {office.number}
    assert not visible_regulations(cast.outsider).exists()
    assert not visible_regulations(cast.system).exists()


def test_an_import_creates_changes_and_stops_before_what_is_in_review(cast: Cast, power: Power) -> None:
    row = replace(INSPECTION, number="LH-WRF-G005")
    first = actions.import_regulations(actor=cast.head, rows=[row], source="清单.xlsx")
    second = actions.import_regulations(
        actor=cast.head, rows=[replace(row, mechanism=Mechanism.NOTICE)], source="清单.xlsx"
    )
    actions.draft_regulation(actor=cast.head, number="LH-WRF-G005", expected_version=2)

    assert (first.created, second.changed) == (("LH-WRF-G005",), ("LH-WRF-G005",))
    assert RegulationPower.objects.count() == 1
    with pytest.raises(Conflict):
        actions.import_regulations(actor=cast.head, rows=[replace(row, title="改名")], source="清单.xlsx")
    with pytest.raises(Refused):
        actions.import_regulations(actor=cast.outsider, rows=[row], source="清单.xlsx")
    assert actions.create_regulation(actor=cast.head, row=INSPECTION).number == "LH-WRF-G006"


@pytest.mark.covers("S36")
def test_a_list_approved_before_this_system_is_adopted_with_its_states_and_binds(cast: Cast, power: Power) -> None:
    cast.coordinator.grant_set.update(scope="")
    rows = [
        replace(KEEPING, number="LH-WRF-G001", state=RegulationState.IN_FORCE),
        replace(INSPECTION, number="LH-WRF-G002"),
    ]

    actions.import_regulations(
        actor=User.objects.get(pk=cast.coordinator.pk), rows=rows, source="清单.xlsx", adopted="纪要〔2025〕3号"
    )

    binding, drafted = Regulation.objects.order_by("number")
    assert (binding.in_effect, drafted.in_effect) == (True, False)
    assert frozen_copy(RegulationRow, binding.approved_entry or 0) == binding.to_row()


def test_every_move_asks_for_a_permission_that_somebody_holds(cast: Cast, evaluated: RegulationRow) -> None:
    assert NEEDED.keys() == {move.name for move in REGULATION.moves}
    stored = Regulation.objects.get()

    assert [move.name for move in moves_open_to(cast.head, stored)] == ["draft"]
    assert [move.name for move in moves_open_to(cast.secretary, stored)] == ["keep", "repeal"]
