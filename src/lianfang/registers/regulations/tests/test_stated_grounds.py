"""What puts a regulation in force is named so that it can be found again, and on a day on which it could be."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.utils import timezone

from lianfang.conftest import Cast
from lianfang.kernel.errors import Invalid
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.states import RegulationState
from lianfang.registers.regulations.tests.test_regulation_actions import INSPECTION, KEEPING, adopt

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("basis", ["", "。", "同意", "张三", "经研究同意保留"])
def test_a_regulation_is_not_kept_on_a_word_of_consent(cast: Cast, basis: str) -> None:
    row = actions.create_regulation(actor=cast.head, row=replace(KEEPING, powers=()))

    with pytest.raises(Invalid):
        actions.keep_regulation(actor=cast.secretary, number=row.number, expected_version=row.version, basis=basis)

    assert not Regulation.objects.get().in_effect


@pytest.mark.parametrize("basis", ["局党组会纪要〔2026〕9号", "临环〔2019〕12号", "临环办字第12号"])
def test_it_is_kept_on_minutes_or_on_its_old_document(cast: Cast, basis: str) -> None:
    row = actions.create_regulation(actor=cast.head, row=replace(KEEPING, powers=()))

    kept = actions.keep_regulation(actor=cast.secretary, number=row.number, expected_version=row.version, basis=basis)

    assert kept.state is RegulationState.IN_FORCE


@pytest.mark.parametrize(
    ("signed", "day", "said"),
    [
        ("。", None, "哪一份文件"),
        ("同意", None, "哪一份文件"),
        ("无文号", None, "哪一份文件"),
        ("临环〔2026〕12号", datetime.date(1900, 1, 1), "早于"),
    ],
)
def test_a_regulation_is_not_in_force_under_no_number_or_before_it_was_handed_up(
    cast: Cast, signed: str, day: datetime.date | None, said: str
) -> None:
    row = adopt(cast, actions.create_regulation(actor=cast.head, row=replace(INSPECTION, powers=())))
    issue = actions.Issue(signed, day or timezone.localdate())

    with pytest.raises(Invalid, match=said):
        actions.enforce_regulation(actor=cast.coordinator, number=row.number, expected_version=row.version, issue=issue)

    assert Regulation.objects.get().state == RegulationState.ADOPTED


def test_one_without_a_number_says_how_it_was_published(cast: Cast) -> None:
    row = adopt(cast, actions.create_regulation(actor=cast.head, row=replace(INSPECTION, powers=())))
    issue = actions.Issue("无文号，在局内网公告栏发布", timezone.localdate())

    row = actions.enforce_regulation(
        actor=cast.coordinator, number=row.number, expected_version=row.version, issue=issue
    )

    assert row.state is RegulationState.IN_FORCE
