"""Actions on powers: the whole way from draft to confirmed, and every way it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.queries import frozen_copy, history_of
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.errors import Absent, Conflict, Invalid, Refused
from lianfang.registers.powers import actions
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import moves_open_to, power_detail
from lianfang.registers.powers.rows import (
    LimitUnit,
    PowerCategory,
    PowerRow,
    PowerStep,
    TimeLimit,
    Visibility,
)
from lianfang.registers.powers.states import POWER, PowerState

INSPECTION = PowerRow(
    number="",
    unit="LH-WRF",
    name="对危险废物产生单位的现场检查",
    content="对辖区内危险废物产生单位的贮存、转移和台账情况进行现场检查。",
    holder="临江分局",
    basis=("《中华人民共和国固体废物污染环境防治法》第二十六条",),
    conditions="两名以上持证执法人员到场并出示证件。",
    steps=(
        PowerStep("制定检查方案", "污染防治科科长"),
        PowerStep("现场检查", "危险废物监管岗", "检查前向企业透露行程"),
        PowerStep("提出处理意见", "污染防治科科长"),
    ),
    time_limit=TimeLimit(20, LimitUnit.WORKDAY, "自检查结束之日起"),
    supervision="区纪委监委派驻纪检监察组，公开栏公布举报电话。",
    category=PowerCategory.INSPECTION,
    visibility=Visibility.EXTERNAL,
    key_area=KeyArea.ENFORCEMENT,
    discretion=3,
    duties="如实记录检查情况，发现问题及时处理。",
)


@pytest.fixture
def drafted(cast: Cast) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


@pytest.fixture
def confirmed(cast: Cast, drafted: PowerRow) -> PowerRow:
    return confirm(cast, drafted)


def confirm(cast: Cast, row: PowerRow) -> PowerRow:
    row = actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)
    row = actions.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    row = actions.check_power(actor=cast.legal, number=row.number, expected_version=row.version)
    return actions.confirm_power(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕7号"
    )


@pytest.mark.covers("S19")
@pytest.mark.parametrize(("field", "said"), [("duties", "责任事项"), ("basis", "法律依据")])
def test_a_power_without_legal_source_or_matching_duty_is_not_confirmed(
    cast: Cast, drafted: PowerRow, field: str, said: str
) -> None:
    row = actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    row = actions.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    row = actions.check_power(actor=cast.legal, number=row.number, expected_version=row.version)
    Power.objects.filter(number=row.number).update(**{field: [] if field == "basis" else ""})

    with pytest.raises(Invalid, match=f"没有写明{said}，不能确权"):
        actions.confirm_power(
            actor=cast.secretary, number=row.number, expected_version=row.version, basis="局党组会纪要〔2026〕7号"
        )

    assert Power.objects.get(number=row.number).state == "checked"


@pytest.mark.covers("S19")
def test_a_power_goes_from_draft_to_confirmed_through_four_hands(cast: Cast, confirmed: PowerRow) -> None:
    assert confirmed.state is PowerState.CONFIRMED
    assert confirmed.number == "LH-WRF-P001"
    assert [(line.verb, line.actor) for line in history_of("powers", confirmed.number)] == [
        ("确权", "周书记"),
        ("合法性审核通过", "郑审核员"),
        ("清权", "张科长"),
        ("提交", "小李"),
        ("新建", "小李"),
    ]


@pytest.mark.covers("S20")
@pytest.mark.parametrize("field", ["content", "holder", "conditions", "supervision"])
def test_a_power_with_an_empty_field_of_the_eight_cannot_be_submitted(cast: Cast, field: str) -> None:
    blank: dict[str, Any] = {field: ""}
    row = actions.create_power(actor=cast.clerk, row=replace(INSPECTION, **blank))

    with pytest.raises(Invalid) as stopped:
        actions.submit_power(actor=cast.clerk, number=row.number, expected_version=row.version)

    assert any(detail.startswith("PWR001") for detail in stopped.value.details)
    assert Power.objects.get(number=row.number).state == "draft"


def test_confirming_needs_the_minutes_of_the_party_group(cast: Cast, drafted: PowerRow) -> None:
    row = actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    row = actions.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    row = actions.check_power(actor=cast.legal, number=row.number, expected_version=row.version)

    with pytest.raises(Invalid, match="会议纪要"):
        actions.confirm_power(actor=cast.secretary, number=row.number, expected_version=row.version, basis=" ")


def test_a_return_needs_a_reason_and_gives_it_to_the_drafter(cast: Cast, drafted: PowerRow) -> None:
    row = actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    with pytest.raises(Invalid, match="理由"):
        actions.return_power(actor=cast.head, number=row.number, expected_version=row.version, note="")

    row = actions.return_power(
        actor=cast.head, number=row.number, expected_version=row.version, note="依据没有写到款。"
    )

    assert row.state is PowerState.DRAFT
    assert history_of("powers", row.number)[0].note == "依据没有写到款。"


@pytest.mark.parametrize(
    ("part", "action"),
    [("clerk", actions.clear_power), ("head", actions.check_power), ("coordinator", actions.clear_power)],
)
def test_a_step_that_is_not_yours_is_refused(
    cast: Cast, drafted: PowerRow, part: str, action: Callable[..., PowerRow]
) -> None:
    with pytest.raises(Refused):
        action(actor=getattr(cast, part), number=drafted.number, expected_version=drafted.version)


def test_another_bureau_finds_nothing_there(cast: Cast, drafted: PowerRow) -> None:
    with pytest.raises(Absent):
        actions.clear_power(actor=cast.outsider, number=drafted.number, expected_version=drafted.version)


def test_the_commission_sees_a_power_only_once_it_is_confirmed(cast: Cast, drafted: PowerRow) -> None:
    with pytest.raises(Absent):
        power_detail(cast.commission, drafted.number)

    confirm(cast, drafted)

    assert power_detail(cast.commission, drafted.number).row.state is PowerState.CONFIRMED


def test_two_people_edit_one_power_and_the_second_sees_the_firsts_change(cast: Cast, drafted: PowerRow) -> None:
    actions.edit_power(actor=cast.head, row=replace(drafted, conditions="三人到场。"), expected_version=drafted.version)

    with pytest.raises(Conflict) as clash:
        actions.edit_power(actor=cast.clerk, row=replace(drafted, remark="我的备注"), expected_version=drafted.version)

    assert "张科长" in clash.value.message
    assert any("行使条件" in line and "三人到场" in line for line in clash.value.details)
    stored = Power.objects.get(number=drafted.number)
    assert (stored.conditions, stored.remark) == ("三人到场。", "")


def test_approval_freezes_what_was_confirmed_and_goes_stale_with_a_guarded_change(
    cast: Cast, confirmed: PowerRow
) -> None:
    changed = actions.edit_power(
        actor=cast.clerk,
        row=replace(confirmed, conditions="年度检查方案列入的单位。"),
        expected_version=confirmed.version,
    )

    power = Power.objects.get(number=confirmed.number)
    assert changed.state is PowerState.UNDER_REVIEW
    assert power.stale
    assert power.approved_entry is not None
    assert frozen_copy(PowerRow, power.approved_entry) == confirmed
    assert [change.field for change in power_detail(cast.head, power.number).since_approval] == ["conditions"]


def test_a_remark_does_not_touch_the_approval(cast: Cast, confirmed: PowerRow) -> None:
    changed = actions.edit_power(
        actor=cast.clerk, row=replace(confirmed, remark="见档案第三盒"), expected_version=confirmed.version
    )

    assert changed.state is PowerState.CONFIRMED
    assert not Power.objects.get(number=confirmed.number).stale


def test_confirming_again_freezes_the_new_text(cast: Cast, confirmed: PowerRow) -> None:
    changed = actions.edit_power(
        actor=cast.clerk,
        row=replace(confirmed, conditions="年度检查方案列入的单位。"),
        expected_version=confirmed.version,
    )

    again = confirm(cast, changed)

    power = Power.objects.get(number=again.number)
    assert not power.stale
    assert power.approved_entry is not None
    assert frozen_copy(PowerRow, power.approved_entry) == again


def test_a_retired_power_stays_readable(cast: Cast, confirmed: PowerRow) -> None:
    retired = actions.retire_power(
        actor=cast.secretary, number=confirmed.number, expected_version=confirmed.version, basis="法律废止该项职权"
    )

    assert retired.state is PowerState.RETIRED
    assert power_detail(cast.clerk, retired.number).row.name == INSPECTION.name


STEP_OF: dict[str, tuple[str, Callable[..., PowerRow], dict[str, str]]] = {
    "submit": ("clerk", actions.submit_power, {}),
    "withdraw": ("clerk", actions.withdraw_power, {}),
    "clear": ("head", actions.clear_power, {}),
    "return": ("head", actions.return_power, {"note": "依据没有写到款"}),
    "check": ("legal", actions.check_power, {}),
    "confirm": ("secretary", actions.confirm_power, {"basis": "纪要1号"}),
    "reopen": ("clerk", actions.reopen_power, {"note": "依据的法律已废止"}),
    "retire": ("secretary", actions.retire_power, {"basis": "许可上收市局"}),
}


@pytest.mark.parametrize("state", list(PowerState))
@pytest.mark.parametrize("name", sorted(STEP_OF))
def test_every_move_from_every_state_is_as_the_table_says(
    cast: Cast, drafted: PowerRow, state: PowerState, name: str
) -> None:
    Power.objects.filter(number=drafted.number).update(state=state.value)
    part, action, said = STEP_OF[name]
    listed = (move for move in POWER.moves if (move.name, move.source) == (name, state) and not move.once_approved)
    target = next((move.target for move in listed), None)
    entries = Entry.objects.count()

    def act() -> PowerRow:
        return action(actor=getattr(cast, part), number=drafted.number, expected_version=drafted.version, **said)

    if target is None:
        with pytest.raises(Conflict):
            act()
        assert Entry.objects.count() == entries
        assert Power.objects.get(number=drafted.number).state == state.value
    else:
        assert act().state is target
        assert Entry.objects.count() == entries + 1


def test_the_buttons_are_the_moves_that_this_person_may_take(cast: Cast, drafted: PowerRow) -> None:
    def open_to(user: User) -> set[str]:
        return {move.name for move in moves_open_to(user, Power.objects.get(number=drafted.number))}

    assert open_to(cast.clerk) == {"submit"}
    actions.submit_power(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    assert open_to(cast.clerk) == {"withdraw"}
    assert open_to(cast.head) == {"withdraw", "clear", "return"}
    assert open_to(cast.legal) == {"return"}


def test_an_imported_list_becomes_drafts_once_however_often_it_is_imported(cast: Cast) -> None:
    rows = [replace(INSPECTION, number=f"LH-WRF-P00{n}", name=f"第{n}项检查") for n in (1, 2, 3)]

    first = actions.import_powers(actor=cast.clerk, rows=rows, source="权力清单.xlsx")
    second = actions.import_powers(actor=cast.clerk, rows=rows, source="权力清单.xlsx")

    assert (len(first.created), first.unchanged) == (3, 0)
    assert (len(second.created), len(second.changed), second.unchanged) == (0, 0, 3)
    assert Entry.objects.filter(kind="powers").count() == 3


def test_an_import_cannot_change_what_is_confirmed(cast: Cast, confirmed: PowerRow) -> None:
    other = replace(INSPECTION, number="LH-WRF-P009", name="另一项")

    with pytest.raises(Conflict) as refused:
        actions.import_powers(actor=cast.clerk, rows=[replace(confirmed, content="改了"), other], source="x")

    assert confirmed.number in refused.value.details[0]
    assert not Power.objects.filter(number="LH-WRF-P009").exists()


def test_an_import_into_another_section_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.import_powers(
            actor=cast.clerk, rows=[replace(INSPECTION, number="LH-ZF-P001", unit="LH-ZF")], source="x"
        )


def test_the_deputy_clears_what_the_head_drew_up_himself(cast: Cast) -> None:
    row = actions.create_power(actor=cast.head, row=INSPECTION)
    row = actions.submit_power(actor=cast.head, number=row.number, expected_version=row.version)

    turn = power_detail(cast.head, row.number).turn
    assert turn is not None
    assert "李副局长" in turn.sentence
    with pytest.raises(Refused) as refused:
        actions.clear_power(actor=cast.head, number=row.number, expected_version=row.version)
    assert refused.value.remedy == "可以由李副局长办理。"

    cleared = actions.clear_power(actor=cast.deputy, number=row.number, expected_version=row.version)
    assert cleared.state is PowerState.CLEARED
