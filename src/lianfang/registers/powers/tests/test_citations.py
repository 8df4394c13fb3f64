"""Who cites a law, and which bases no longer hold on a day (C9)."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.laws.actions import create_law, verify_law
from lianfang.registers.laws.rows import ArticleRow
from lianfang.registers.laws.tests.conftest import CODE, CODE_DAY, OLD
from lianfang.registers.powers.actions import create_power
from lianfang.registers.powers.citations import powers_citing, stale_bases
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.rows import PowerRow

ENDED = replace(OLD, repealed_on=CODE_DAY, replaced_by="T-FD")
COMPARED = "与国家法律法规数据库公布的文本逐条对照，2026年9月1日。"
BEFORE = CODE_DAY - datetime.timedelta(days=1)


@pytest.fixture
def laws(cast: Cast) -> None:
    create_law(actor=cast.legal, row=CODE)
    create_law(actor=cast.legal, row=ENDED)


def power(cast: Cast, name: str, *basis: str, unit: str = "LH-WRF") -> PowerRow:
    return create_power(actor=cast.coordinator, row=PowerRow(number="", unit=unit, name=name, basis=basis))


@pytest.mark.covers("S65")
def test_a_law_is_cited_by_title_short_title_and_with_the_name_of_the_country(cast: Cast, laws: None) -> None:
    power(cast, "检查", "《示例环境法》第二十四条")
    power(cast, "收费", "《中华人民共和国示例环境法》第四十三条")
    power(cast, "核查", "环境示例法第二十四条")
    power(cast, "许可", "《示例许可法》第一条", "《示例生态法典》第五十一条")

    assert [line.name for line in powers_citing(cast.secretary, ENDED)] == ["检查", "收费", "核查"]
    assert [line.cited for line in powers_citing(cast.secretary, CODE)] == [("《示例生态法典》第五十一条",)]


@pytest.mark.covers("S65")
def test_a_basis_goes_stale_on_the_day_of_the_repeal_with_an_unverified_pointer(cast: Cast, laws: None) -> None:
    row = power(cast, "检查", "《示例环境法》第二十四条")

    assert stale_bases(cast.secretary, BEFORE) == []
    (found,) = stale_bases(cast.secretary, CODE_DAY)

    assert (found.number, found.cited) == (row.number, "《示例环境法》第二十四条")
    assert "2026年8月15日" in found.why
    assert found.successor == "《示例生态法典》第五十一条（未核验）"
    assert found.is_mapped


@pytest.mark.covers("S65")
def test_an_article_without_a_mapping_is_said_to_need_a_person(cast: Cast, laws: None) -> None:
    power(cast, "收费", "《示例环境法》第四十三条")

    (found,) = stale_bases(cast.secretary, CODE_DAY)

    assert not found.is_mapped
    assert "须人工查找" in found.successor


def test_a_verified_mapping_says_so(cast: Cast) -> None:
    mapping = ArticleRow(article="第二十四条", successor_law="T-FD", successor_article="第五十一条")
    create_law(actor=cast.legal, row=CODE)
    create_law(actor=cast.legal, row=replace(ENDED, articles=(mapping,)))
    verify_law(actor=cast.legal, number=ENDED.number, articles=["第二十四条"], note=COMPARED)
    power(cast, "检查", "《示例环境法》第二十四条")

    (found,) = stale_bases(cast.secretary, CODE_DAY)

    assert found.successor.endswith("（已核验）")


def test_a_basis_on_a_law_that_is_not_in_force_yet_is_stale_too(cast: Cast, laws: None) -> None:
    power(cast, "检查", "《示例生态法典》第五十一条")

    (found,) = stale_bases(cast.secretary, BEFORE)

    assert "起才施行" in found.why
    assert stale_bases(cast.secretary, CODE_DAY) == []


def test_retired_powers_and_unknown_laws_are_left_out(cast: Cast, laws: None) -> None:
    row = power(cast, "检查", "《示例环境法》第二十四条", "《没有登记的法》第一条")
    assert len(stale_bases(cast.secretary, CODE_DAY)) == 1

    Power.objects.filter(number=row.number).update(state="retired")

    assert stale_bases(cast.secretary, CODE_DAY) == []
    assert powers_citing(cast.secretary, ENDED) == []


def test_each_person_sees_the_powers_within_the_grant(cast: Cast, laws: None) -> None:
    power(cast, "检查", "《示例环境法》第二十四条")
    power(cast, "处罚", "《示例环境法》第二十四条", unit="LH-ZF")

    assert [line.name for line in stale_bases(cast.head, CODE_DAY)] == ["检查"]
    assert [line.name for line in stale_bases(cast.secretary, CODE_DAY, "JW/LH/LH-ZF/")] == ["处罚"]
    assert powers_citing(cast.outsider, ENDED) == []


@pytest.mark.covers("S65")
def test_the_page_lists_stale_bases_of_any_day(cast: Cast, sign_in: SignIn, laws: None) -> None:
    power(cast, "危险废物检查", "《示例环境法》第二十四条")
    client = sign_in(cast.secretary)

    before = client.get(reverse("citations:stale"), {"day": "2026-08-14"}).content.decode()
    after = client.get(reverse("citations:stale"), {"day": "2026-08-15"}).content.decode()
    nonsense = client.get(reverse("citations:stale"), {"day": "2026-02-31"})

    assert "没有失效的依据" in before
    assert "危险废物检查" in after
    assert "（未核验）" in after
    assert nonsense.status_code == 422


def test_the_page_of_a_law_leads_to_who_cites_it(cast: Cast, sign_in: SignIn, laws: None) -> None:
    row = power(cast, "危险废物检查", "《示例环境法》第二十四条")
    client = sign_in(cast.secretary)

    assert (
        reverse("citations:law", args=["T-OLD"]) in client.get(reverse("laws:detail", args=["T-OLD"])).content.decode()
    )
    assert row.number in client.get(reverse("citations:law", args=["T-OLD"])).content.decode()
    assert client.get(reverse("citations:law", args=["NO-SUCH"])).status_code == 404


def test_the_pages_cost_the_same_for_three_and_for_thirty(cast: Cast, sign_in: SignIn, laws: None) -> None:
    def queries(name: str, *args: str) -> int:
        client = sign_in(cast.secretary)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(name, args=args), {}).status_code == 200
        return len(captured)

    pages = [("citations:stale",), ("citations:law", "T-OLD")]
    power(cast, "第0项", "《示例环境法》第二十四条")
    few = [queries(*page) for page in pages]
    for serial in range(1, 30):
        power(cast, f"第{serial}项", "《示例环境法》第二十四条")

    assert [queries(*page) for page in pages] == few
