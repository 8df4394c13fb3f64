"""A ledger is made of what was approved: what was altered behind the back of the system is named and refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.journal.fidelity import deviations
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.rows import (
    ANOTHER,
    DROPPED,
    FORGED,
    GONE,
    LOST,
    MISCOUNTED,
    OUTDATED,
    REWRITTEN,
    UNDECIDED,
    UNRECORDED,
)
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Conflict
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control, Snapshot
from lianfang.registers.controls.queries.ledger import compared, ledger_page, ledger_under, snapshot_deviations
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.states import ControlState
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import DETECTION, in_force
from lianfang.registers.risks.models import Risk

PATH = "JW/LH/"


@pytest.fixture
def measure(cast: Cast, risk_at: RiskAt) -> ControlRow:
    risk_at(Grade.LOW)
    return in_force(cast)


def reasons() -> list[str]:
    return [found.reason for found in deviations(Control.objects.all())]


def test_what_the_system_itself_did_is_no_deviation(cast: Cast, measure: ControlRow) -> None:
    assert reasons() == []

    actions.reopen_control(
        actor=cast.clerk, number=measure.number, expected_version=measure.version, note="检验发现派发记录缺签字。"
    )

    assert reasons() == []


@pytest.mark.covers("S42")
@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        ({"action": "没人审定过的措施"}, REWRITTEN),
        ({"grade_at_design": "HIGH"}, REWRITTEN),
        ({"approved_entry": 999_999}, LOST),
        ({"version": 1}, MISCOUNTED),
        ({"approved_version": 1, "version": 1, "action": "没人审定过的措施"}, MISCOUNTED),
    ],
)
def test_a_change_that_went_past_the_system_is_seen(
    cast: Cast, measure: ControlRow, altered: dict[str, Any], reason: str
) -> None:
    Control.objects.update(**altered)

    assert reasons() == [reason]


@pytest.mark.covers("S41", "S42")
def test_an_approval_may_not_point_to_a_draft_however_it_is_counted(cast: Cast, measure: ControlRow) -> None:
    drafted = replace(measure, action="口头提醒一下。")
    edited = actions.edit_control(actor=cast.clerk, row=drafted, expected_version=measure.version)
    draft = Entry.objects.filter(kind="controls").latest("id")

    Control.objects.update(approved_entry=draft.pk, approved_version=edited.version)

    assert reasons() == [UNDECIDED]
    with pytest.raises(Conflict, match="台账没有生成"):
        ledger_under(PATH)


@pytest.mark.covers("S41", "S42")
def test_an_approval_may_not_point_to_the_draft_that_was_moved_along(cast: Cast, measure: ControlRow) -> None:
    drafted = replace(measure, action="口头提醒一下。")
    actions.edit_control(actor=cast.clerk, row=drafted, expected_version=measure.version)
    control = Control.objects.get()
    moved = record(cast.coordinator, Verb.MOVED_ALONG, control)

    Control.objects.update(approved_entry=moved.pk, approved_version=control.version)

    assert reasons() == [UNDECIDED]


@pytest.mark.covers("S41", "S42")
def test_an_older_approval_may_not_be_revived(cast: Cast, measure: ControlRow) -> None:
    first = Control.objects.get()
    row = replace(measure, action="检查任务由系统派发，两人到场，全程录像并当日上传。")
    row = actions.edit_control(actor=cast.clerk, row=row, expected_version=row.version)
    row = actions.submit_control(actor=cast.clerk, number=row.number, expected_version=row.version)
    actions.approve_control(actor=cast.head, number=row.number, expected_version=row.version)
    sound = reasons()

    Control.objects.update(approved_entry=first.approved_entry, approved_version=first.approved_version)

    assert (sound, reasons()) == ([], [OUTDATED])


@pytest.mark.covers("S41", "S42")
@pytest.mark.parametrize(
    ("altered", "reason"),
    [
        ({"approved_entry": None, "approved_version": None}, DROPPED),
        ({"state": "closed", "version": F("version") + 1}, UNRECORDED),
        ({"state": "rejected"}, REWRITTEN),
    ],
)
def test_no_line_of_the_ledger_is_hidden_unseen(
    cast: Cast, measure: ControlRow, altered: dict[str, Any], reason: str
) -> None:
    Risk.objects.update(**altered)

    with pytest.raises(Conflict, match="台账没有生成") as refused:
        ledger_under(PATH)

    assert refused.value.details == (f"LH-WRF-R001：{reason}",)


@pytest.mark.covers("S41", "S42")
def test_a_measure_that_was_taken_off_a_shown_line_is_named_on_its_page(cast: Cast, measure: ControlRow) -> None:
    Control.objects.update(approved_entry=None)

    assert [(item.number, item.reason) for item in ledger_page(PATH, 1, 50).deviations] == [(measure.number, DROPPED)]


@pytest.mark.covers("S41", "S42")
def test_what_was_approved_and_is_stored_nowhere_is_missed(cast: Cast, measure: ControlRow) -> None:
    Control.objects.all().delete()

    with pytest.raises(Conflict) as refused:
        ledger_under(PATH)

    assert refused.value.details == (f"{measure.number}：{GONE}",)


def test_drafts_that_an_adopted_list_brings_along_are_no_approvals(cast: Cast, measure: ControlRow) -> None:
    listed = [replace(DETECTION, number=f"LH-WRF-C00{serial}", version=1) for serial in (8, 9)]
    listed[1] = replace(listed[1], action="每季度抽查检查档案，逐项核对联单。", state=ControlState.IN_FORCE)

    actions.import_controls(actor=cast.coordinator, rows=listed, source="清单", adopted="局党组会纪要〔2025〕3号")

    assert Control.objects.filter(approved_entry=None).count() == 1
    assert reasons() == []


def test_an_approval_may_not_point_to_another_entry_or_to_a_forged_one(cast: Cast, measure: ControlRow) -> None:
    other = Entry.objects.filter(kind="risks").latest("id")
    approval = Entry.objects.filter(kind="controls").latest("id")
    forged = Entry.objects.create(
        at=approval.at,
        actor=approval.actor,
        verb=approval.verb,
        kind="controls",
        number=measure.number,
        after=approval.after.replace("随机派发", "指定派发"),
        salt=approval.salt,
        commitment=approval.commitment,
    )

    found = []
    for entry in (other, forged):
        Control.objects.update(approved_entry=entry.pk)
        found += reasons()

    assert found == [ANOTHER, FORGED]


@pytest.mark.covers("S41", "S42")
def test_the_page_names_what_was_altered_and_the_line_does_not_count(
    cast: Cast, measure: ControlRow, sign_in: SignIn
) -> None:
    Control.objects.update(action="没人审定过的措施")

    page = ledger_page(PATH, 1, 50)
    shown = sign_in(cast.coordinator).get(reverse("controls:ledger"), {"unit": "LH"}).content.decode()

    assert [item.number for item in page.deviations] == [measure.number]
    assert "与审定记录不符，本行不作数" in page.lines[0].remark
    assert "有记录与审定时不符" in shown


@pytest.mark.covers("S41", "S42")
def test_an_altered_record_gets_into_no_export_and_no_kept_ledger(cast: Cast, measure: ControlRow) -> None:
    Risk.objects.update(statement="没人审定过的风险点")

    with pytest.raises(Conflict, match="台账没有生成") as refused:
        actions.generate_ledger(actor=cast.coordinator, unit="LH")
    with pytest.raises(Conflict):
        ledger_under(PATH)

    assert refused.value.details == (f"LH-WRF-R001：{REWRITTEN}",)
    assert not Snapshot.objects.exists()


@pytest.mark.covers("S41")
def test_a_kept_ledger_that_was_altered_is_not_compared_and_not_handed_out(
    cast: Cast, measure: ControlRow, sign_in: SignIn
) -> None:
    first = actions.generate_ledger(actor=cast.coordinator, unit="LH")
    second = actions.generate_ledger(actor=cast.coordinator, unit="LH")
    sound = compared(cast.coordinator, second.number).faults
    kept = Snapshot.objects.get(number=first.number)
    kept.lines[0]["controls"] = ["没人审定过的措施"]
    kept.save()

    found = compared(cast.coordinator, second.number)
    page = sign_in(cast.coordinator).get(reverse("controls:snapshot", args=[second.number])).content.decode()

    assert sound == ()
    assert (found.changes, found.faults) == ((), (f"{first.number}：留存的内容与生成时的指纹不符",))
    assert "留存的台账被改动过" in page
    with pytest.raises(Conflict, match="不能取用"):
        compared(cast.coordinator, first.number).genuine_lines()
    assert [item.number for item in snapshot_deviations(PATH)] == [first.number]


@pytest.mark.covers("S41")
def test_a_kept_ledger_with_a_new_fingerprint_for_new_lines_is_told_by_the_journal(
    cast: Cast, measure: ControlRow
) -> None:
    row = actions.generate_ledger(actor=cast.coordinator, unit="LH")
    Snapshot.objects.update(
        lines=[], line_count=0, fingerprint="4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
    )

    assert [item.reason for item in snapshot_deviations(PATH)] == ["与生成时的操作日志不符"]
    assert row.line_count == 1


def test_looking_at_a_page_costs_the_same_queries_for_any_number_of_lines(cast: Cast, risk_at: RiskAt) -> None:
    def queries(size: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            ledger_page(PATH, 1, size)
        return len(captured)

    for serial in range(1, 31):
        risk_at(Grade.LOW, f"LH-WRF-R{serial:03d}")
        in_force(cast, replace(DETECTION, risk=f"LH-WRF-R{serial:03d}"))

    assert queries(30) == queries(3)


@pytest.mark.covers("S41", "S42")
def test_the_newest_word_of_the_journal_is_believed_only_if_it_is_genuine(cast: Cast, measure: ControlRow) -> None:
    actions.reopen_control(
        actor=cast.clerk, number=measure.number, expected_version=measure.version, note="检验发现派发记录缺签字。"
    )
    newest = Entry.objects.filter(kind="controls").latest("id")
    Entry.objects.create(
        at=newest.at,
        actor=newest.actor,
        verb=newest.verb,
        kind="controls",
        number=measure.number,
        after=newest.after.replace(measure.evidence, "没人写过的凭证"),
        salt=newest.salt,
        commitment=newest.commitment,
    )

    Control.objects.update(evidence="没人写过的凭证")

    assert reasons() == [FORGED]
