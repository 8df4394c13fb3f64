"""A post that goes to another unit takes along what hangs on it: grade, negative list, measures, approvals (S7)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.catalogue.models import CardRecord, Tally
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.organisation.actions import create_post
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.organisation.rows import PostRow
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.kernel.errors import Invalid, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.actions import create_control, move_post_and_measures
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.ledger import ledger_under
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.risks.actions.negatives import (
    approve_negative,
    create_negative,
    edit_negative,
    reopen_negative,
    submit_negative,
)
from lianfang.registers.risks.actions.risks import edit_risk, reopen_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.models import Grading, Negative, Risk, Score, Search
from lianfang.registers.risks.queries.negatives import negative_sheet
from lianfang.registers.risks.queries.posts import post_detail, post_grades
from lianfang.registers.risks.queries.risks import approved_risks
from lianfang.registers.risks.rows import NegativeRow, RiskRow, Tier
from lianfang.registers.risks.states import RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM
from lianfang.registers.risks.tests.test_search_signatures import HELD

BASIS = "局党组会纪要〔2026〕3号"
POST, OLD, NEW = "LH-WRF-02", "JW/LH/LH-WRF/", "JW/LH/LH-ZF/"
FOURS = ((4, 4, 4),) * 3


def high(round_of: Round) -> RiskRow:
    """A high risk point of the post that is going to move."""
    return round_of.live(DRAFT, *FOURS)


def listed(cast: Cast) -> NegativeRow:
    """An approved line of the post's negative list."""
    row = create_negative(actor=cast.clerk, row=ITEM)
    row = submit_negative(actor=cast.clerk, number=row.number, expected_version=row.version)
    return approve_negative(actor=cast.deputy, number=row.number, expected_version=row.version)


def grades(path: str) -> dict[str, Grade | None]:
    return {line.number: line.grade for line in post_grades(path)}


def moved(cast: Cast, unit: str = "LH-ZF") -> PostRow:
    return move_post_and_measures(actor=cast.coordinator, number=POST, unit=unit, basis=BASIS)


@pytest.mark.covers("S7", "S29")
def test_the_grade_of_a_post_survives_its_move_and_its_risks_can_be_worked_on(round_of: Round, cast: Cast) -> None:
    row = high(round_of)

    moved(cast)

    risk = Risk.objects.get()
    assert (grades(OLD).get(POST), grades(NEW)[POST], grades("JW/LH/")[POST]) == (None, Grade.HIGH, Grade.HIGH)
    assert post_detail(cast.secretary, POST).grade.grade is Grade.HIGH
    assert (risk.unit_id, risk.unit_path, risk.stale) == ("LH-ZF", NEW, False)
    assert approved_risks(OLD) == []
    assert approved_risks(NEW) == [replace(row, unit="LH-ZF")]
    changed = edit_risk(actor=cast.secretary, row=replace(risk.to_row(), misconduct="x"), expected_version=risk.version)
    assert changed.state is RiskState.LIVE


def test_everything_that_hangs_on_the_post_goes_along_and_is_journalled_on_the_same_basis(
    round_of: Round, cast: Cast
) -> None:
    risk, item = high(round_of), listed(cast)
    search = record_search(actor=cast.clerk, row=HELD)
    control = create_control(actor=cast.clerk, row=ControlRow(number="", risk=risk.number, unit="", action="两人到场"))

    moved(cast)

    for model in (Risk, Negative, Search, Control, Grading):
        assert list(model.objects.values_list("unit_path", flat=True)) == [NEW], model
    assert set(Score.seats.values_list("unit_path", flat=True)) == {NEW}
    entries = Entry.objects.filter(verb="record:moved-along").order_by("kind")
    told = [(entry.kind, entry.number, entry.basis, entry.unit_path) for entry in entries]
    numbers = {"controls": control.number, "negatives": item.number, "risks": risk.number, "searches": search.number}
    assert told == [(kind, number, BASIS, NEW) for kind, number in numbers.items()]
    cards = CardRecord.objects.filter(kind__in=["risks", "negatives", "gradings", "scores", "controls", "searches"])
    assert set(cards.values_list("unit_path", flat=True)) == {NEW}
    tallied = Tally.objects.filter(kind__in=["risks", "gradings", "scores"], count__gt=0)
    assert {(tally.kind, tally.unit_path): tally.count for tally in tallied} == {
        ("risks", NEW): 1,
        ("gradings", NEW): 1,
        ("scores", NEW): 3,
    }
    (line,) = ledger_under(NEW)
    assert (line.post, ledger_under(OLD)) == ("危险废物监管岗", [])
    assert len(negative_sheet(cast.secretary, "LH-ZF", POST)) == 1


def test_what_is_being_rewritten_moves_with_its_draft_and_keeps_its_older_approval(round_of: Round, cast: Cast) -> None:
    row = high(round_of)
    row = reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="复核")
    draft = replace(row, statement="改写中的说法，谁也没有审定。")
    edit_risk(actor=cast.clerk, row=draft, expected_version=row.version)

    moved(cast)

    risk = Risk.objects.get()
    (approved,) = approved_risks(NEW)
    assert (risk.stale, risk.unit_id, risk.statement) == (True, "LH-ZF", draft.statement)
    assert (approved.unit, approved.statement, approved.grade) == ("LH-ZF", DRAFT.statement, Grade.HIGH)
    assert grades(NEW)[POST] is Grade.HIGH


def test_a_running_round_goes_on_after_the_move(round_of: Round, cast: Cast) -> None:
    grading = round_of.opened(round_of.accepted())

    moved(cast)

    assert Grading.objects.get(number=grading.number).unit_path == NEW
    assert not Entry.objects.filter(kind="scores").exists()


@pytest.mark.covers("S29")
def test_a_draft_that_names_another_post_takes_no_grade_and_no_line_from_the_first(round_of: Round, cast: Cast) -> None:
    """Post and level of a list are what was approved; a draft moves nothing and holds the post where it is."""
    other = create_post(actor=cast.coordinator, row=PostRow(number="LH-WRF-03", unit="LH-WRF", name="另一岗", duty="x"))
    row, item = high(round_of), listed(cast)
    row = reopen_risk(actor=cast.secretary, number=row.number, expected_version=row.version, note="复核")
    edit_risk(actor=cast.clerk, row=replace(row, post=other.number), expected_version=row.version)
    item = reopen_negative(actor=cast.clerk, number=item.number, expected_version=item.version, note="修订")
    edit_negative(actor=cast.clerk, row=replace(item, post=other.number), expected_version=item.version)

    assert (grades(OLD)[POST], grades(OLD)[other.number]) == (Grade.HIGH, None)
    assert [line.row.post for line in negative_sheet(cast.secretary, "LH-WRF", POST)] == [POST]
    assert negative_sheet(cast.secretary, "LH-WRF", other.number) == []
    assert [len(post_detail(cast.commission, number).negatives) for number in (POST, other.number)] == [1, 0]
    assert [len(post_detail(cast.commission, number).risks) for number in (POST, other.number)] == [1, 0]
    with pytest.raises(Invalid, match="与这个岗位分不开") as refusal:
        moved(cast)
    assert refusal.value.details == (row.number, item.number)


def test_a_post_that_an_entry_of_its_section_names_stays_until_that_is_rewritten(round_of: Round, cast: Cast) -> None:
    row = round_of.accepted(replace(DRAFT, tier=Tier.SECTION, dimension=None))

    with pytest.raises(Invalid, match="与这个岗位分不开") as refusal:
        moved(cast)

    assert refusal.value.details == (row.number,)
    assert "部门级、单位级的条目请去掉岗位" in refusal.value.remedy


def test_a_post_with_risks_does_not_leave_its_bureau_and_an_empty_one_may(round_of: Round, cast: Cast) -> None:
    cast.coordinator.grant_set.update(scope="")
    coordinator = type(cast.coordinator).objects.get(pk=cast.coordinator.pk)
    high(round_of)

    with pytest.raises(Invalid, match="不能调到另一个局"):
        move_post_and_measures(actor=coordinator, number=POST, unit="QT-BG", basis=BASIS)
    move_post_and_measures(actor=coordinator, number="LH-ZF-01", unit="QT-BG", basis=BASIS)

    assert Post.objects.get(number="LH-ZF-01").unit_path == "JW/QT/QT-BG/"
    assert Risk.objects.get().unit_path == OLD


def test_the_doors_move_everything_and_refuse_who_may_not(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    high(round_of)
    said = {"unit": "LH-ZF", "basis": BASIS}

    with pytest.raises(Refused):
        move_post_and_measures(actor=cast.head, number=POST, **said)
    refused = send(sign_in(cast.head), "POST", f"/api/1/posts/{POST}/move/", said)
    door = send(sign_in(cast.coordinator), "POST", f"/api/1/posts/{POST}/move/", said)
    there = grades(NEW)[POST]
    page = sign_in(cast.coordinator).post(f"/organisation/posts/{POST}/move/", {"unit": "LH-WRF", "basis": BASIS})

    assert (refused.status_code, door.status_code, page.status_code) == (403, 200, 302)
    assert (there, grades(OLD)[POST]) == (Grade.HIGH, Grade.HIGH)
    assert Risk.objects.get().to_row().unit == "LH-WRF"


def test_nothing_moves_without_a_basis(round_of: Round, cast: Cast) -> None:
    high(round_of)

    with pytest.raises(Invalid, match="依据"):
        move_post_and_measures(actor=cast.coordinator, number=POST, unit="LH-ZF", basis=" ")

    assert Risk.objects.get().unit_path == OLD
