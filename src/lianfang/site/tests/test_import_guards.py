"""What an import may not do: take over, slip past an approval, or say what a form would refuse."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.documents.tables import Contents, FileKind, Table
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.models import Entry, Record
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation import actions as organisation
from lianfang.foundation.organisation.models import Person, Unit
from lianfang.foundation.organisation.rows import PersonRow, UnitKind, UnitRow
from lianfang.kernel.errors import Conflict, Invalid, LianfangError, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import import_controls, import_tests
from lianfang.registers.controls.models import Control, ControlTest
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, Verdict
from lianfang.registers.controls.states import ControlState
from lianfang.registers.laws.actions import import_laws, verify_law
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import LawLevel, LawRow
from lianfang.registers.powers.actions import create_power, import_powers
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.regulations.actions import import_regulations
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.rows import RegulationRow
from lianfang.registers.risks.actions.imports import import_risks, import_searches
from lianfang.registers.risks.models import Risk, Search
from lianfang.registers.risks.rows import RiskRow, SearchRow, Tier
from lianfang.registers.risks.states import RiskState
from lianfang.site.importing import preview, store_preview
from lianfang.site.intake import Taking

DECISION = "局党组会纪要〔2025〕3号"
LONG_AGO = datetime.date(2020, 1, 1)
NEVER_YET = datetime.date(2099, 1, 1)
PERMIT = PowerRow(number="", unit="LH-WRF", name="危险废物经营许可", content="审查许可")
SEARCH = SearchRow(
    number="LH-WRF-S001", tier=Tier.SECTION, unit="LH-WRF", held_on=LONG_AGO, participants=("LH-M03", "LH-M04")
)


@pytest.fixture
def neighbour(cast: Cast) -> User:
    """A clerk of another section of the same bureau."""
    user = User.objects.create(login="neighbour", title="执法大队小王", person="LH-M05", password="!")
    Grant.objects.create(user=user, role=Role.POST.value, scope="JW/LH/LH-ZF/", start=LONG_AGO)
    return user


def approved(cast: Cast, thing: Record, verb: Verb, state: str) -> None:
    """The thing as the secretary approved it, and then as it stands in ``state``."""
    approve(thing, record(cast.secretary, verb, thing, basis="纪要1"))
    type(thing)._default_manager.filter(pk=thing.pk).update(state=state)


def power(cast: Cast, state: PowerState) -> PowerRow:
    """A power that was confirmed here and is in ``state`` now."""
    number = create_power(actor=cast.clerk, row=PERMIT).number
    approved(cast, Power.objects.get(number=number), Verb.POWER_CONFIRMED, state.value)
    return Power.objects.get(number=number).to_row()


def measure(cast: Cast, state: ControlState) -> ControlRow:
    """A measure that was approved here and is in ``state`` now; 小李 answers for it."""
    risk = RiskRow(number="LH-WRF-R001", tier=Tier.SECTION, unit="LH-WRF", statement="评审打招呼")
    Risk.objects.create(
        number=risk.number,
        tier=risk.tier.value,
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        statement=risk.statement,
        state=RiskState.LIVE.value,
        grade="LOW",
    )
    control = Control.objects.create(
        number="LH-WRF-C001",
        risk_id=risk.number,
        unit_id="LH-WRF",
        unit_path="JW/LH/LH-WRF/",
        action="逐件复核",
        owner_id="LH-M04",
        state=ControlState.IN_FORCE.value,
    )
    approved(cast, control, Verb.CONTROL_APPROVED, state.value)
    return Control.objects.get().to_row()


def test_a_line_that_names_its_own_unit_does_not_take_over_a_record_of_another(cast: Cast, neighbour: User) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)

    with pytest.raises(Refused):
        import_powers(actor=neighbour, rows=[replace(mine, unit="LH-ZF", name="抢过来的")], source="清单")

    assert Power.objects.get().to_row() == mine


def test_who_may_write_in_both_units_cannot_move_a_record_by_import_either(cast: Cast) -> None:
    mine = create_power(actor=cast.clerk, row=PERMIT)

    with pytest.raises(Conflict) as refusal:
        import_powers(actor=cast.coordinator, rows=[replace(mine, unit="LH-ZF")], source="清单")

    assert refusal.value.details == (f"{mine.number}：登记在 LH-WRF，文件里写的是 LH-ZF",)
    assert Power.objects.get().unit_id == "LH-WRF"


def test_a_person_of_another_bureau_cannot_be_taken_over(cast: Cast) -> None:
    Person.objects.create(number="QT-M01", name="孙科长", unit_id="QT-BG", unit_path="JW/QT/QT-BG/")

    with pytest.raises(Refused):
        organisation.import_people(
            actor=cast.coordinator, rows=[PersonRow(number="QT-M01", name="改了名", unit="LH-WRF")], source="名册"
        )

    assert Person.objects.get(number="QT-M01").name == "孙科长"


def test_what_an_import_changes_in_a_power_under_review_makes_its_approval_stale(cast: Cast) -> None:
    row = power(cast, PowerState.UNDER_REVIEW)

    import_powers(actor=cast.clerk, rows=[replace(row, content="没人批准的内容")], source="清单")

    assert Power.objects.get().stale


def test_a_remark_that_an_import_changes_leaves_the_approval_alone(cast: Cast) -> None:
    row = power(cast, PowerState.UNDER_REVIEW)

    import_powers(actor=cast.clerk, rows=[replace(row, remark="已归档")], source="清单")

    assert Power.objects.get().remark == "已归档"
    assert not Power.objects.get().stale


def test_what_an_import_changes_in_a_measure_under_review_makes_its_approval_stale(cast: Cast) -> None:
    row = measure(cast, ControlState.UNDER_REVIEW)

    import_controls(actor=cast.clerk, rows=[replace(row, action="谁也没批准的措施")], source="清单")

    assert Control.objects.get().stale


def test_what_an_import_changes_in_a_regulation_that_binds_makes_its_approval_stale(cast: Cast) -> None:
    regulation = Regulation.objects.create(
        number="LH-WRF-G001", title="原制度", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", state="evaluated",
        in_effect=True,
    )  # fmt: skip
    approved(cast, regulation, Verb.REGULATION_EFFECTIVE, "evaluated")
    row: RegulationRow = Regulation.objects.get().to_row()

    import_regulations(actor=cast.clerk, rows=[replace(row, title="没人审议的新名字")], source="清单")

    assert Regulation.objects.get().stale


def test_an_adopted_list_does_not_overwrite_what_was_approved_here(cast: Cast) -> None:
    row = power(cast, PowerState.CONFIRMED)
    before = Power.objects.get().approved_entry

    with pytest.raises(Conflict):
        import_powers(
            actor=cast.coordinator, rows=[replace(row, content="廉政办改的")], source="清单", adopted=DECISION
        )

    assert (Power.objects.get().content, Power.objects.get().approved_entry) == (row.content, before)


def test_an_adopted_list_that_agrees_with_what_was_approved_here_changes_nothing(cast: Cast) -> None:
    row = power(cast, PowerState.CONFIRMED)
    before = Entry.objects.count()

    stored = import_powers(actor=cast.coordinator, rows=[row], source="清单", adopted=DECISION)

    assert (stored.unchanged, Entry.objects.count()) == (1, before)


def test_an_entry_halfway_to_its_approval_cannot_be_adopted(cast: Cast) -> None:
    with pytest.raises(Invalid, match="办理途中") as refusal:
        import_powers(
            actor=cast.coordinator,
            rows=[
                replace(PERMIT, number="LH-WRF-P001", state=PowerState.CHECKED),
                replace(PERMIT, number="LH-WRF-P002", name="另一项", state=PowerState.CONFIRMED),
            ],
            source="清单",
            adopted=DECISION,
        )

    assert [text.split()[0] for text in refusal.value.details] == ["LH-WRF-P001"]
    assert not Power.objects.exists()


def test_what_is_under_review_cannot_be_adopted_because_its_text_is_nobodys_decision(cast: Cast) -> None:
    """A list carries the text as it is being rewritten: adopting it would approve what nobody approved."""
    text = "编号,单位编号,职权名称,职权内容,状态\nLH-WRF-P001,LH-WRF,危险废物许可,书记从未批准过的改动,复核中\n"
    table = Table("权力清单", [[*line.split(",")] for line in text.splitlines()], numbers=(1, 2))
    previewed = preview(Contents(FileKind.XLSX, (table,)), Taking(adopting=True))

    with pytest.raises(Invalid, match="还在办理途中，不能承接") as refusal:
        store_preview(cast.coordinator, previewed, "清单", adopted="局党组会纪要〔2026〕15号")

    assert "复核中的，先办结复核" in refusal.value.remedy
    assert refusal.value.details == ("LH-WRF-P001 危险废物许可（复核中）",)
    assert not Power.objects.exists()


@pytest.mark.covers("S79")
@pytest.mark.parametrize("said", [" ", "x", "同意"])
def test_no_list_is_adopted_on_a_blank_or_on_a_word_of_consent(cast: Cast, said: str) -> None:
    graded = RiskRow(
        number="LH-WRF-R001", tier=Tier.SECTION, unit="LH-WRF", statement="评审打招呼", state=RiskState.LIVE,
        grade=Grade.LOW,
    )  # fmt: skip
    text = "编号,单位编号,职权名称,职权内容,状态\nLH-WRF-P001,LH-WRF,危险废物许可,审查许可,已确权\n"
    table = Table("权力清单", [[*line.split(",")] for line in text.splitlines()], numbers=(1, 2))
    previewed = preview(Contents(FileKind.XLSX, (table,)), Taking(adopting=True))

    with pytest.raises(Invalid):
        import_risks(actor=cast.coordinator, rows=[graded], source="清单", adopted=said)
    with pytest.raises(Invalid):
        import_powers(
            actor=cast.coordinator, rows=[replace(PERMIT, state=PowerState.CONFIRMED)], source="清单", adopted=said
        )
    with pytest.raises(Invalid, match=r"决定|会议纪要编号"):
        store_preview(cast.coordinator, previewed, "清单", adopted=said)

    assert not Risk.objects.exists()
    assert not Power.objects.exists()


@pytest.mark.parametrize("state", [RiskState.UNDER_REVIEW, RiskState.GRADING])
def test_a_risk_point_on_its_way_cannot_be_adopted(cast: Cast, state: RiskState) -> None:
    row = RiskRow(number="LH-WRF-R001", tier=Tier.SECTION, unit="LH-WRF", statement="评审打招呼", state=state)

    with pytest.raises(Invalid, match="办理途中"):
        import_risks(actor=cast.coordinator, rows=[row], source="清单", adopted=DECISION)

    assert not Risk.objects.exists()


def test_a_measure_under_review_cannot_be_adopted(cast: Cast) -> None:
    row = measure(cast, ControlState.IN_FORCE)
    fresh = replace(row, number="LH-WRF-C002", state=ControlState.UNDER_REVIEW)

    with pytest.raises(Invalid, match="办理途中"):
        import_controls(actor=cast.coordinator, rows=[fresh], source="清单", adopted=DECISION)


def test_an_adopted_list_leaves_alone_what_was_submitted_here(cast: Cast) -> None:
    drafted = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(state=PowerState.SUBMITTED.value)

    with pytest.raises(Conflict, match="已进入审核或已经审定"):
        import_powers(
            actor=cast.coordinator, rows=[replace(drafted, state=PowerState.CONFIRMED)], source="清单", adopted=DECISION
        )

    assert Power.objects.get().state == PowerState.SUBMITTED


def test_adopting_a_stale_draft_settles_it(cast: Cast) -> None:
    drafted = create_power(actor=cast.clerk, row=PERMIT)
    Power.objects.update(stale=True)

    import_powers(
        actor=cast.coordinator, rows=[replace(drafted, state=PowerState.CONFIRMED)], source="清单", adopted=DECISION
    )

    stored = Power.objects.get()
    assert stored.approved_entry is not None
    assert stored.stale is False


def trial(row: ControlRow, **changed: Any) -> ControlTestRow:
    """A sound test of the measure, but for ``changed``."""
    sound = ControlTestRow(
        number=f"{row.number}/1", control=row.number, tested_on=LONG_AGO, tester="LH-M05", verdict=Verdict.EFFECTIVE,
        design=2, operation=2,
    )  # fmt: skip
    return replace(sound, **changed)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"tester": "LH-M04"}, Refused),
        ({"tested_on": NEVER_YET}, Invalid),
        ({"tested_on": datetime.date(1900, 1, 1)}, Invalid),
        ({"verdict": Verdict.GAP}, Invalid),
        ({"design": 0}, Invalid),
    ],
)
def test_an_imported_test_passes_what_the_form_asks(
    cast: Cast, changed: dict[str, Any], refusal: type[LianfangError]
) -> None:
    row = measure(cast, ControlState.IN_FORCE)

    with pytest.raises(refusal):
        import_tests(actor=cast.coordinator, rows=[trial(row, **changed)], source="检验表")

    assert not ControlTest.objects.exists()


def test_a_draft_cannot_be_tested_by_import(cast: Cast) -> None:
    row = measure(cast, ControlState.DRAFT)
    Control.objects.update(approved_entry=None, approved_version=None)

    with pytest.raises(Conflict):
        import_tests(actor=cast.coordinator, rows=[trial(row)], source="检验表")


def test_who_may_not_test_cannot_import_tests(cast: Cast) -> None:
    with pytest.raises(Refused):
        import_tests(actor=cast.clerk, rows=[trial(measure(cast, ControlState.IN_FORCE))], source="检验表")


def test_a_stored_test_is_never_rewritten_and_the_same_again_changes_nothing(cast: Cast) -> None:
    row = measure(cast, ControlState.IN_FORCE)
    import_tests(actor=cast.coordinator, rows=[trial(row, verdict=Verdict.GAP, note="缺签字")], source="检验表")
    Control.objects.update(state=ControlState.RETIRED.value)

    again = import_tests(actor=cast.coordinator, rows=[trial(row, verdict=Verdict.GAP, note="缺签字")], source="检验表")
    with pytest.raises(Conflict):
        import_tests(actor=cast.coordinator, rows=[trial(row)], source="检验表")

    assert again.unchanged == 1
    assert ControlTest.objects.get().verdict == Verdict.GAP.value


@pytest.mark.parametrize("changed", [{"held_on": NEVER_YET}, {"participants": ()}])
def test_an_imported_search_passes_what_the_form_asks(cast: Cast, changed: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        import_searches(actor=cast.clerk, rows=[replace(SEARCH, **changed)], source="排查记录")

    assert not Search.objects.exists()


LAW = LawRow(number="L-X1", title="示例排污管理条例", level=LawLevel.ADMINISTRATIVE, verified=True)


def test_a_table_of_laws_brings_no_verification_with_it_unless_it_is_adopted(cast: Cast) -> None:
    import_laws(actor=cast.coordinator, rows=[LAW], source="法规表")
    brought = Law.objects.get().verified

    import_laws(actor=cast.coordinator, rows=[LAW], source="法规表", adopted=DECISION)

    assert (brought, Law.objects.get().verified) == (False, True)


def test_an_import_neither_drops_a_verification_nor_keeps_it_for_what_it_changed(cast: Cast) -> None:
    import_laws(actor=cast.coordinator, rows=[LAW], source="法规表")
    verify_law(actor=cast.coordinator, number=LAW.number, articles=(), note="国家法律法规数据库")

    same = import_laws(actor=cast.coordinator, rows=[replace(LAW, verified=False)], source="法规表")
    kept = Law.objects.get().verified
    import_laws(actor=cast.coordinator, rows=[replace(LAW, title="改了名的条例")], source="法规表")

    assert (same.unchanged, kept, Law.objects.get().verified) == (1, True, False)


def test_an_imported_law_passes_what_the_form_asks_and_may_name_one_of_the_same_table(cast: Cast) -> None:
    later = LawRow(number="L-X2", title="示例法典", level=LawLevel.ADMINISTRATIVE)
    import_laws(actor=cast.coordinator, rows=[replace(LAW, replaced_by="L-X2"), later], source="法规表")

    with pytest.raises(Invalid, match="L-X9"):
        import_laws(actor=cast.coordinator, rows=[replace(later, replaced_by="L-X9")], source="法规表")

    assert Law.objects.count() == 2


@pytest.mark.parametrize("number", ["环评科", "LH-WRF/X", "LH~1", "lh-x"])
def test_an_imported_unit_has_a_number_like_any_other(cast: Cast, number: str) -> None:
    unit = UnitRow(number=number, name="新科室", unit_kind=UnitKind.SECTION, parent="LH")

    with pytest.raises(Invalid, match="不合规则"):
        organisation.import_units(actor=cast.coordinator, rows=[unit], source="机构表")

    assert not Unit.objects.filter(name="新科室").exists()


def test_one_number_twice_in_a_list_is_refused_by_name(cast: Cast) -> None:
    rows = [replace(PERMIT, number="LH-WRF-P001"), replace(PERMIT, number="LH-WRF-P001", name="另一项")]

    with pytest.raises(Invalid) as refusal:
        import_powers(actor=cast.clerk, rows=rows, source="清单")

    assert refusal.value.details == ("LH-WRF-P001",)
