"""Three posts or three hundred: the pages of the room read and show a bounded number of them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Post
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions import negatives as actions
from lianfang.registers.risks.queries.coverage import POSTS, coverage
from lianfang.registers.risks.queries.places import OFFERED
from lianfang.registers.risks.tests.test_negative_actions import ITEM

PATHS = {"LH-WRF": "JW/LH/LH-WRF/", "LH-ZF": "JW/LH/LH-ZF/"}


def posts(many: int) -> None:
    """So many more posts in each of two sections."""
    Post.objects.bulk_create(
        [
            Post(number=f"{unit}-X{n:03d}", name=f"第{n}岗", unit_id=unit, unit_path=path, duty="值班", in_scope=True)
            for unit, path in PATHS.items()
            for n in range(many)
        ]
    )


@pytest.mark.covers("S24")
def test_coverage_shows_a_page_of_posts_and_costs_the_same_queries(cast: Cast, power: Power, sign_in: SignIn) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            coverage(cast.coordinator, "LH")
        return len(captured)

    actions.create_negative(actor=cast.clerk, row=ITEM)
    queries()
    few = queries()
    posts(150)

    found = coverage(cast.coordinator, "LH")
    page = sign_in(cast.coordinator).get(reverse("risks:coverage"), {"unit": "LH", "page": "2"})

    assert queries() == few
    assert sum(len(lines) for _, lines in found.posts) == POSTS
    assert found.total > 300
    assert page.status_code == 200


@pytest.mark.covers("S24")
def test_the_pages_of_coverage_together_name_every_post_once(cast: Cast, power: Power) -> None:
    actions.create_negative(actor=cast.clerk, row=replace(ITEM, post="LH-WRF-02"))
    posts(60)
    total = coverage(cast.coordinator, "LH").total

    pages = [coverage(cast.coordinator, "LH", page) for page in range(1, -(-total // POSTS) + 1)]
    lines = {line.number: line.considered for page in pages for _, of_unit in page.posts for line in of_unit}

    assert sum(len(of_unit) for page in pages for _, of_unit in page.posts) == len(lines) == total
    assert lines["LH-WRF-02"] == 1
    assert coverage(cast.coordinator, "LH", 99).page == len(pages)


@pytest.mark.covers("S24")
def test_every_page_of_coverage_counts_the_posts_of_all_pages(cast: Cast, power: Power, sign_in: SignIn) -> None:
    actions.create_negative(actor=cast.clerk, row=replace(ITEM, post="LH-WRF-02"))
    posts(60)
    total = coverage(cast.coordinator, "LH").total

    pages = [coverage(cast.coordinator, "LH", page) for page in range(1, -(-total // POSTS) + 1)]
    above = (*pages[0].bureau, *pages[0].sections)
    of_posts = [line for page in pages for _, of_unit in page.posts for line in of_unit]

    assert len(pages) > 1
    assert {page.due for page in pages} == {sum(len(line.cells) for line in (*above, *of_posts))}
    assert {page.done for page in pages} == {sum(line.considered for line in (*above, *of_posts))}
    assert "本页" not in sign_in(cast.coordinator).get(reverse("risks:coverage"), {"unit": "LH"}).content.decode()


@pytest.mark.parametrize("name", ["risks:new", "risks:new_negative", "risks:new_search"])
def test_with_too_many_posts_a_form_asks_for_the_unit_first(cast: Cast, sign_in: SignIn, name: str) -> None:
    client = sign_in(cast.coordinator)
    few = client.get(reverse(name)).content.decode()
    posts(150)

    asked = client.get(reverse(name)).content.decode()
    given = client.get(reverse(name), {"unit": "LH-ZF"}).content.decode()

    assert "先选单位" not in few
    assert "先选单位" in asked
    assert "unit=LH-ZF" in asked
    offered = set(re.findall(r'value="(LH-\w+-X\d+)"', given))
    assert 0 < len(offered) <= OFFERED
    assert all(number.startswith("LH-ZF") for number in offered)


def test_whoever_writes_for_one_section_is_not_asked(cast: Cast, sign_in: SignIn) -> None:
    posts(150)

    shown = sign_in(cast.clerk).get(reverse("risks:new")).content.decode()

    assert "先选单位" not in shown
    assert "LH-ZF-X001" not in shown


def test_with_the_unit_chosen_the_form_saves(cast: Cast, power: Power, sign_in: SignIn) -> None:
    posts(150)
    address = f"{reverse('risks:new')}?unit=LH-WRF"

    said = {
        "tier": "post",
        "unit": "LH-WRF",
        "post": "LH-WRF-02",
        "dimension": "exercise",
        "statement": "监管人员透露检查行程换取礼金。",
        "manifestation": "被查企业提前停产。",
    }
    answer = sign_in(cast.coordinator).post(address, said)

    assert answer.status_code == 302
