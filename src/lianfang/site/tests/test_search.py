"""Search over all registers: short Chinese words, grouped, and never more than the person may read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.catalogue import queries as catalogue
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.tests.conftest import DRAFT
from lianfang.site.search import found_by


def labels(user: User, text: str) -> dict[str, int]:
    return {group.label: group.total for group in found_by(user, text)}


def test_a_word_of_two_characters_is_found_in_every_register(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=INSPECTION)
    create_risk(actor=cast.clerk, row=replace(DRAFT, power=""))

    assert labels(cast.head, "危险") == {"职权": 1, "风险点": 1}
    assert labels(cast.head, "现场 危险") == {"职权": 1}


def test_a_part_of_a_number_is_found(cast: Cast) -> None:
    row = create_power(actor=cast.clerk, row=INSPECTION)

    assert labels(cast.head, row.number[-4:]) == {"职权": 1}


def test_drafts_are_hidden_from_the_commission_and_everything_from_other_bureaus(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=replace(INSPECTION, name="未审定的检查"))
    confirm(cast, create_power(actor=cast.clerk, row=INSPECTION))

    assert labels(cast.head, "检查") == {"职权": 2}
    assert labels(cast.commission, "检查") == {"职权": 1}
    assert labels(cast.outsider, "检查") == {}
    assert labels(cast.auditor, "检查") == {}


@pytest.mark.parametrize("text", ["", "   ", "！！", "。，", '"', "*"])
def test_a_question_without_a_word_finds_nothing_and_says_so(cast: Cast, sign_in: SignIn, text: str) -> None:
    create_power(actor=cast.clerk, row=INSPECTION)

    answer = sign_in(cast.head).get(reverse("search"), {"q": text})

    assert answer.status_code == 200
    assert found_by(cast.head, text) == []
    assert ("请输入要找的词" if text.strip() else "一处搜索全部台账") in answer.content.decode()


@pytest.mark.parametrize("text", ['检查" OR "x', "检查'); DROP TABLE", "检" * 5_000])
def test_a_hostile_question_is_only_words(cast: Cast, sign_in: SignIn, text: str) -> None:
    create_power(actor=cast.clerk, row=INSPECTION)

    assert sign_in(cast.head).get(reverse("search"), {"q": text}).status_code == 200
    assert Power.objects.count() == 1


def test_nothing_found_says_why_that_may_be(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.head).get(reverse("search"), {"q": "从来没有的词"}).content.decode()

    assert "没有找到“从来没有的词”" in page
    assert "只搜索您有权查看的内容" in page


def test_too_many_hits_ask_for_another_word(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(12):
        create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}项检查"))
    monkeypatch.setattr(catalogue.search, "__defaults__", (11,))

    page = sign_in(cast.head).get(reverse("search"), {"q": "检查"}).content.decode()

    assert "太多了，请再加一个词" in page
    assert f"{reverse('powers:list')}?q=%E6%A3%80%E6%9F%A5" in page


def test_the_bar_at_the_top_leads_here(cast: Cast, sign_in: SignIn) -> None:
    assert f'action="{reverse("search")}"' in sign_in(cast.head).get("/").content.decode()


def test_the_search_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        for _ in range(rows):
            create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{Power.objects.count()}项检查"))
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("search"), {"q": "检查"}).status_code == 200
        return len(captured)

    assert queries(3) == queries(27)
