"""Post and duty in the ledger are those that the approval of the risk point had before it, not what was typed since."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.organisation.actions.posts import edit_post
from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import digest
from lianfang.registers.controls.actions import generate_ledger
from lianfang.registers.controls.ledger import ALTERED_DUTY
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.controls.queries.ledger import ledger_page, ledger_under, lines_of
from lianfang.registers.controls.rows import LedgerRow
from lianfang.registers.controls.tests.conftest import RiskAt
from lianfang.registers.controls.tests.test_controls_actions import in_force
from lianfang.registers.risks.models import Risk

PATH = "JW/LH/"
DUTY = "负责危险废物监管岗的业务工作。"
NOTHING = "什么都不负责。"


def line() -> LedgerRow:
    """The one line, which is the same in the whole ledger and on its page."""
    (whole,), (paged,) = ledger_under(PATH), ledger_page(PATH, 1, 50).lines
    assert whole == paged
    return whole


@pytest.fixture
def graded(cast: Cast, risk_at: RiskAt) -> Risk:
    """A risk point with a measure, of a post that the journal knows."""
    record(cast.coordinator, Verb.POST_CREATED, Post.objects.get(number="LH-WRF-02"))
    risk = risk_at(Grade.HIGH)
    in_force(cast)
    return risk


def rewrite_duty(cast: Cast, duty: str) -> None:
    row = Post.objects.get(number="LH-WRF-02").to_row()
    edit_post(actor=cast.coordinator, row=replace(row, duty=duty), seen=digest(row))


@pytest.mark.covers("S41", "S42", "S66")
def test_a_duty_that_was_rewritten_since_is_not_printed_but_marked_for_review(cast: Cast, graded: Risk) -> None:
    before = line()

    rewrite_duty(cast, NOTHING)

    assert (before.duty, before.remark) == (DUTY, "")
    assert (line().duty, line().remark) == (DUTY, ALTERED_DUTY)


@pytest.mark.covers("S42")
def test_the_next_approval_takes_the_new_duty_over(cast: Cast, graded: Risk) -> None:
    rewrite_duty(cast, NOTHING)
    approve(graded, record(cast.secretary, Verb.GRADING_APPROVED, graded))

    assert (line().duty, line().remark) == (NOTHING, "")


@pytest.mark.covers("S41", "S42")
def test_a_post_that_was_renamed_since_stands_under_the_name_it_was_approved_with_until_the_next_approval(
    cast: Cast, graded: Risk
) -> None:
    row = Post.objects.get(number="LH-WRF-02").to_row()
    edit_post(actor=cast.coordinator, row=replace(row, name="固废综合岗"), seen=digest(row))
    renamed = line()

    approve(graded, record(cast.secretary, Verb.GRADING_APPROVED, graded))

    assert (renamed.post, renamed.remark) == ("危险废物监管岗", "岗位现名“固废综合岗”")
    assert (line().post, line().remark) == ("固废综合岗", "")


@pytest.mark.covers("S41")
def test_a_kept_ledger_keeps_the_names_it_was_printed_with(cast: Cast, graded: Risk) -> None:
    kept = generate_ledger(actor=cast.coordinator, unit="LH")
    before = line()

    Person.objects.update(name="改了名")
    Unit.objects.filter(number="LH-WRF").update(name="固废科")

    assert line().unit == "固废科", "the working ledger calls units and people by their names of today"
    assert set(line().owners) == {"改了名"}
    assert lines_of(Snapshot.objects.get(number=kept.number)) == [before]


@pytest.mark.covers("S42")
def test_a_duty_that_was_rewritten_in_the_database_is_not_printed_either(cast: Cast, graded: Risk) -> None:
    Post.objects.update(duty=NOTHING)

    assert (line().duty, line().remark) == (DUTY, ALTERED_DUTY)


@pytest.mark.covers("S42")
def test_a_post_that_is_moved_takes_no_new_duty_along(cast: Cast, graded: Risk) -> None:
    rewrite_duty(cast, NOTHING)
    moved = record(cast.coordinator, Verb.MOVED_ALONG, graded)
    approve(graded, moved)

    assert (line().duty, line().remark) == (DUTY, ALTERED_DUTY)


def test_of_a_post_that_the_journal_did_not_know_then_the_line_says_what_is_there(cast: Cast, risk_at: RiskAt) -> None:
    risk_at(Grade.HIGH)
    in_force(cast)

    assert (line().duty, line().remark) == (DUTY, "")
