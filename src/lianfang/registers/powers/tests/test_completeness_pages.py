"""How complete powers are, where people see it: the page, the list with its filter and summary, the JSON door."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.laws.models import Law
from lianfang.registers.powers import actions, scores
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm

LIST = "powers:list"


@pytest.fixture
def law(cast: Cast) -> Law:
    return Law.objects.create(
        number="T-GF",
        title="中华人民共和国固体废物污染环境防治法",
        level="law",
        in_force_from=datetime.date(2020, 9, 1),
    )


@pytest.fixture
def whole(cast: Cast, law: Law) -> PowerRow:
    return actions.create_power(actor=cast.clerk, row=INSPECTION)


@pytest.fixture
def partial(cast: Cast, law: Law) -> PowerRow:
    row = replace(INSPECTION, name="危险废物备案核查", conditions="按相关规定执行", supervision="")
    return actions.create_power(actor=cast.clerk, row=row)


@pytest.mark.covers("S20")
def test_the_page_names_what_is_missing_and_leads_to_the_field(
    cast: Cast, sign_in: SignIn, whole: PowerRow, partial: PowerRow
) -> None:
    client = sign_in(cast.clerk)
    edit = reverse("powers:edit", args=[partial.number])

    faulty = client.get(reverse("powers:detail", args=[partial.number])).content.decode()
    clean = client.get(reverse("powers:detail", args=[whole.number])).content.decode()
    form = client.get(edit).content.decode()

    assert "八要素写实 6 项，共 8 项" in faulty
    for field, heading in (("conditions", "行使条件"), ("supervision", "监督方式")):
        assert f'<a href="{edit}#id_{field}">{heading}</a>' in faulty
        assert f'id="id_{field}"' in form
    assert "八要素齐全（8/8）" in clean


def test_whoever_may_not_edit_reads_the_gaps_without_a_link(cast: Cast, sign_in: SignIn, partial: PowerRow) -> None:
    page = sign_in(cast.deputy).get(reverse("powers:detail", args=[partial.number])).content.decode()

    assert "行使条件：为空或只是套话。" in page
    assert "#id_conditions" not in page


@pytest.mark.covers("S20")
def test_the_list_shows_the_score_counts_the_unit_and_is_narrowed_to_the_incomplete(
    cast: Cast, sign_in: SignIn, whole: PowerRow, partial: PowerRow
) -> None:
    client = sign_in(cast.head)

    everything = client.get(reverse(LIST), {"unit": "LH-WRF"}).content.decode()
    incomplete = client.get(reverse(LIST), {"completeness": "incomplete"}).content.decode()
    complete = client.get(reverse(LIST), {"completeness": "complete"}).content.decode()

    assert "这个单位未取消的职权 2 项：八要素齐全 1 项" in everything
    assert "不完整 1 项" in everything
    assert "6/8" in everything
    assert partial.number in incomplete
    assert whole.number not in incomplete
    assert whole.number in complete
    assert partial.number not in complete


def test_the_filter_goes_together_with_words_and_other_filters(
    cast: Cast, sign_in: SignIn, whole: PowerRow, partial: PowerRow
) -> None:
    client = sign_in(cast.head)
    asked = {"completeness": "incomplete", "state": "draft", "unit": "LH-WRF"}

    found = client.get(reverse(LIST), {**asked, "q": "备案"}).content.decode()

    assert partial.number in found
    assert whole.number not in found
    assert "没有符合条件的职权" in client.get(reverse(LIST), {**asked, "q": "现场"}).content.decode()


def test_a_law_that_ended_makes_the_powers_that_rest_on_it_incomplete(
    cast: Cast, sign_in: SignIn, law: Law, whole: PowerRow
) -> None:
    Law.objects.filter(pk=law.pk).update(repealed_on=datetime.date(2021, 1, 1))

    page = sign_in(cast.head).get(reverse(LIST), {"completeness": "incomplete"}).content.decode()

    assert whole.number in page
    assert "7/8" in page


def test_the_commission_is_told_of_the_confirmed_text_and_a_retired_power_is_not_judged(
    cast: Cast, sign_in: SignIn, law: Law, whole: PowerRow
) -> None:
    confirmed = confirm(cast, whole)
    actions.edit_power(actor=cast.clerk, row=replace(confirmed, conditions="无"), expected_version=confirmed.version)
    ended = confirm(cast, actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name="停用的检查")))
    actions.retire_power(
        actor=cast.secretary, number=ended.number, expected_version=ended.version, basis="局党组会纪要〔2026〕9号"
    )

    seen = sign_in(cast.commission).get(reverse(LIST)).content.decode()
    retired = sign_in(cast.head).get(reverse("powers:detail", args=[ended.number])).content.decode()

    assert "未取消的职权 1 项：八要素齐全 1 项，没有不完整的" in seen
    assert "八要素" not in retired


def test_a_scope_too_wide_to_judge_shows_no_filter_and_asks_for_a_unit(
    cast: Cast, sign_in: SignIn, whole: PowerRow, partial: PowerRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scores, "MOST_SCORED", 1)
    client = sign_in(cast.head)

    plain = client.get(reverse(LIST))
    asked = client.get(reverse(LIST), {"completeness": "incomplete"})

    assert plain.status_code == 200
    assert 'name="completeness"' not in plain.content.decode()
    assert asked.status_code == 422
    assert "请先选择一个单位" in asked.content.decode()


def test_the_narrowed_list_asks_the_database_as_often_for_thirty_as_for_three(
    cast: Cast, sign_in: SignIn, law: Law
) -> None:
    def queries(rows: int) -> int:
        for n in range(Power.objects.count(), rows):
            actions.create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项检查", conditions=""))
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(LIST), {"completeness": "incomplete"}).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


@pytest.mark.covers("S20")
def test_the_json_door_says_the_same(cast: Cast, sign_in: SignIn, whole: PowerRow, partial: PowerRow) -> None:
    client = sign_in(cast.head)

    listed = client.get("/api/1/powers/", {"completeness": "incomplete"}).json()
    scored = client.get(f"/api/1/powers/{partial.number}/completeness/").json()

    assert [row["number"] for row in listed["rows"]] == [partial.number]
    assert (scored["filled"], scored["total"]) == (6, 8)
    assert [gap["field"] for gap in scored["gaps"]] == ["conditions", "supervision"]
    assert client.get("/api/1/powers/", {"completeness": "half"}).status_code == 422
