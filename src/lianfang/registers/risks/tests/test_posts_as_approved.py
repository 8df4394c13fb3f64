"""While a risk point is rewritten, its post, its place in the matrix and its power stay those that were approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.journal.moves import change
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.queries.ledger import ledger_under
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.risks import edit_risk
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.charts import power_chart
from lianfang.registers.risks.queries.matrix import risk_matrix
from lianfang.registers.risks.queries.posts import post_detail, post_grades
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.tests.conftest import Round

APPROVED_FOR, DRAFT_NAMES = "LH-WRF-02", "LH-WRF-01"


@pytest.fixture
def rewritten(round_of: Round, cast: Cast, power: Power) -> RiskRow:
    """A MEDIUM risk point whose draft names another post and another power."""
    other = Power.objects.get(pk=power.pk)
    other.pk, other.number, other.name = None, "LH-WRF-P002", "另一项职权"
    other.save(force_insert=True)
    row = round_of.live()
    changed = replace(row, post=DRAFT_NAMES, power="LH-WRF-P002", step="")
    return edit_risk(actor=cast.secretary, row=changed, expected_version=row.version)


@pytest.mark.covers("S29", "S66")
def test_the_grades_of_posts_rest_on_what_was_approved(rewritten: RiskRow) -> None:
    grades = {line.number: line.grade for line in post_grades("JW/LH/")}

    assert Risk.objects.get().post_id == DRAFT_NAMES
    assert grades[APPROVED_FOR] is Grade.MEDIUM
    assert grades[DRAFT_NAMES] is None


def test_the_page_of_a_post_lists_the_risk_points_that_its_grade_rests_on(
    rewritten: RiskRow, cast: Cast, sign_in: SignIn
) -> None:
    listed = {
        (reader, post): [risk.number for risk in post_detail(getattr(cast, reader), post).risks]
        for reader in ("head", "commission")
        for post in (APPROVED_FOR, DRAFT_NAMES)
    }

    assert listed == {
        ("head", APPROVED_FOR): [rewritten.number],
        ("head", DRAFT_NAMES): [rewritten.number],
        ("commission", APPROVED_FOR): [rewritten.number],
        ("commission", DRAFT_NAMES): [],
    }
    assert post_detail(cast.head, DRAFT_NAMES).grade.grade is None
    assert rewritten.number in sign_in(cast.commission).get(f"/risks/posts/{APPROVED_FOR}/").content.decode()


def test_the_chart_of_a_power_shows_each_reader_the_risk_point_where_they_read_it(
    rewritten: RiskRow, cast: Cast
) -> None:
    Power.objects.update(approved_entry=Risk.objects.get().approved_entry, approved_version=1)

    shown = {
        (reader, power): len(power_chart(getattr(cast, reader), power).risks)
        for reader in ("head", "commission")
        for power in ("LH-WRF-P001", "LH-WRF-P002")
    }

    assert shown == {
        ("head", "LH-WRF-P001"): 0,
        ("head", "LH-WRF-P002"): 1,
        ("commission", "LH-WRF-P001"): 1,
        ("commission", "LH-WRF-P002"): 0,
    }


def test_the_matrix_counts_the_scores_that_were_approved(rewritten: RiskRow, cast: Cast) -> None:
    record = Risk.objects.get()
    change(record, record.version, probability=5, harm=5, grade="HIGH")

    for reader in (cast.head, cast.commission):
        found = risk_matrix(reader)
        counted = {(cell.probability, cell.harm): cell.total for _, cells in found.rows for cell in cells if cell.total}
        assert counted == {(3, 3): 1}
        assert dict(found.by_grade)[Grade.MEDIUM] == 1


@pytest.mark.covers("S42")
def test_the_ledger_keeps_the_post_that_was_approved(rewritten: RiskRow) -> None:
    (line,) = ledger_under("JW/LH/")

    assert line.post == "危险废物监管岗"
