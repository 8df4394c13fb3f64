"""A measure is approved on the grade that was approved for its risk point, never on one that a list claims (S74)."""

from __future__ import annotations

import datetime

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue.listing import Wanted
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.errors import Conflict, Refused
from lianfang.kernel.levels import Grade
from lianfang.registers.controls import actions
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import control_detail, control_page, measures_of
from lianfang.registers.controls.rows import ControlRow
from lianfang.registers.controls.tests.test_controls_actions import MEASURE, MINUTES
from lianfang.registers.risks.models import Risk
from lianfang.site.desk import desk_of

pytestmark = [pytest.mark.django_db, pytest.mark.covers("S74")]


def claimed(state: str = "draft", grade: str = "LOW") -> Risk:
    """A risk point whose grade nobody approved: it came with a list."""
    return Risk.objects.create(
        number="LH-WRF-R001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post", post_id="LH-WRF-02",
        statement="监管人员透露检查行程换取礼金。", manifestation="被查企业提前停产。", state=state, grade=grade,
        importance=2, probability=2, harm=2, raters=3, graded_on=datetime.date(2024, 9, 2),
    )  # fmt: skip


def submitted(cast: Cast) -> ControlRow:
    """A measure that lies with its approver whatever the risk point is."""
    row = actions.create_control(actor=cast.clerk, row=MEASURE)
    Control.objects.filter(number=row.number).update(state="submitted", version=2)
    return Control.objects.get(number=row.number).to_row()


def waiting(user: User) -> int:
    return sum(pile.count for pile in desk_of(user).piles if "措施" in pile.does)


@pytest.mark.parametrize("state", ["draft", "proposed", "accepted", "grading", "closed"])
def test_no_measure_is_submitted_or_approved_on_a_grade_that_only_a_list_claims(cast: Cast, state: str) -> None:
    claimed(state)
    drafted = actions.create_control(actor=cast.clerk, row=MEASURE)

    with pytest.raises(Conflict, match="还没有定级"):
        actions.submit_control(actor=cast.clerk, number=drafted.number, expected_version=drafted.version)
    Control.objects.filter(number=drafted.number).update(state="submitted")
    for approver in (cast.head, cast.deputy, cast.secretary):
        with pytest.raises(Conflict, match="还没有定级"):
            actions.approve_control(actor=approver, number=drafted.number, expected_version=1, basis=MINUTES)

    assert drafted.grade_at_design is None
    assert measures_of(cast.head, "LH-WRF-R001").demands == ()
    assert control_page(cast.head, Wanted())[1][0].grade is None
    assert [move.name for move in control_detail(cast.secretary, drafted.number).moves if move.name == "approve"] == []


def test_such_a_measure_waits_on_nobodys_desk(cast: Cast) -> None:
    risk = claimed()
    submitted(cast)

    before = [waiting(user) for user in (cast.head, cast.deputy, cast.secretary)]
    Risk.objects.update(state="live")
    risk.refresh_from_db()
    approve(risk, record(cast.secretary, Verb.GRADING_APPROVED, risk))

    assert before == [0, 0, 0]
    assert waiting(cast.head) == 1


def test_the_approved_grade_decides_also_where_a_list_lowered_it_since(cast: Cast) -> None:
    risk = claimed("live", "HIGH")
    approve(risk, record(cast.secretary, Verb.GRADING_APPROVED, risk))
    row = submitted(cast)
    Risk.objects.update(state="under-review", grade="LOW", version=2, stale=True)

    with pytest.raises(Refused, match="权限"):
        actions.approve_control(actor=cast.head, number=row.number, expected_version=row.version)
    approved = actions.approve_control(
        actor=cast.secretary, number=row.number, expected_version=row.version, basis=MINUTES
    )

    assert (row.grade_at_design, approved.grade_at_design) == (Grade.HIGH, Grade.HIGH)


def test_a_measure_can_be_retired_after_its_risk_point_was_closed(cast: Cast) -> None:
    risk = claimed("live")
    approve(risk, record(cast.secretary, Verb.GRADING_APPROVED, risk))
    row = submitted(cast)
    row = actions.approve_control(actor=cast.head, number=row.number, expected_version=row.version)
    Risk.objects.update(state="closed", version=2)

    retired = actions.retire_control(
        actor=cast.head, number=row.number, expected_version=row.version, note="风险点已经销号。"
    )

    assert retired.state.value == "retired"
