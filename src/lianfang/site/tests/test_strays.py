"""Where an entry is listed is a copied column: one that was rewritten past the system is found (LDG002)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.foundation.journal.fidelity import displaced
from lianfang.foundation.journal.rows import MISPLACED, DeviationRow
from lianfang.foundation.organisation.models import Person, Post, Tenure
from lianfang.kernel.errors import Conflict
from lianfang.registers.controls.actions import generate_ledger
from lianfang.registers.controls.models import Snapshot
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.tests.conftest import Round
from lianfang.site.material import findings_under, material_under

BUREAU, ELSEWHERE = "JW/LH/", "JW/QT/"


def strays(path: str = BUREAU) -> list[tuple[str, str]]:
    found = material_under(path, timezone.localdate()).of(DeviationRow)
    return [(item.number, item.unit) for item in found if item.reason == MISPLACED]


def test_what_the_system_placed_lies_where_its_unit_lies(round_of: Round, cast: Cast) -> None:
    round_of.live()
    generate_ledger(actor=cast.coordinator, unit="LH")

    assert strays() == []


@pytest.mark.covers("S41", "S42")
@pytest.mark.parametrize("model", [Risk, Grading, Post, Person, Tenure, Snapshot])
def test_an_entry_that_was_put_under_another_unit_is_named_with_its_own(
    round_of: Round, cast: Cast, model: Any
) -> None:
    round_of.live()
    generate_ledger(actor=cast.coordinator, unit="LH")
    moved = model.objects.filter(unit_path__startswith=BUREAU).order_by("pk").first()

    model.objects.filter(pk=moved.pk).update(unit_path=ELSEWHERE)

    assert [number for number, _ in strays()] == [moved.number]
    assert strays(ELSEWHERE) == [], "it is said once, to the unit that misses it"


def test_the_check_says_so(round_of: Round, cast: Cast) -> None:
    row = round_of.live()
    Risk.objects.filter(number=row.number).update(unit_path=ELSEWHERE)

    found = [item for item in findings_under("", timezone.localdate()) if item.code == "LDG002"]

    assert [(item.number, item.unit, item.message) for item in found] == [(row.number, row.unit, f"{MISPLACED}。")]


@pytest.mark.covers("S41")
@pytest.mark.parametrize("place", [ELSEWHERE, "JW/LH/LH-ZF/"])
def test_no_ledger_is_kept_without_the_line_that_was_put_elsewhere(round_of: Round, cast: Cast, place: str) -> None:
    row = round_of.live()
    Risk.objects.filter(number=row.number).update(unit_path=place)

    with pytest.raises(Conflict, match="台账没有生成") as refused:
        generate_ledger(actor=cast.coordinator, unit="LH")

    assert refused.value.details == (f"{row.number}：{MISPLACED}",)


def test_strays_are_found_with_one_query_however_many_entries_there_are(
    round_of: Round, cast: Cast, django_assert_num_queries: Callable[[int], CaptureQueriesContext]
) -> None:
    round_of.live()
    Risk.objects.update(unit_path=ELSEWHERE)

    with django_assert_num_queries(1):
        found = list(displaced(Risk.objects.all(), RiskRow.kind))

    assert len(found) == Risk.objects.count()
