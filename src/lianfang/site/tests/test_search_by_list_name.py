"""Lists are found under every name that they have: as pages, as papers of a plan, and as words of an entry (S30)."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.list_names import ListName
from lianfang.programme.plans import actions
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.registers.powers.actions import create_power, edit_power
from lianfang.registers.powers.tests.test_powers_actions import INSPECTION, confirm
from lianfang.site.search import LIST_PAGES, Hit, found_by

BOTH = ("岗位风险等级清单", "岗位风险登记清单")


def hits(user: User, text: str, label: str) -> tuple[Hit, ...]:
    return next((group.hits for group in found_by(user, text) if group.label == label), ())


@pytest.mark.covers("S30")
@pytest.mark.parametrize("said", [*BOTH, "登记清单", "全局岗位风险登记清单"])
def test_both_names_of_the_list_lead_to_its_page(cast: Cast, sign_in: SignIn, said: str) -> None:
    page = sign_in(cast.head).get(reverse("search"), {"q": said}).content.decode()

    assert [hit.url for hit in hits(cast.head, said, "清单")] == [reverse("risks:grades")]
    assert f'href="{reverse("risks:grades")}">岗位风险等级清单（又称岗位风险登记清单' in page


@pytest.mark.parametrize("one", ListName)
def test_every_name_of_every_list_leads_to_its_page(cast: Cast, one: ListName) -> None:
    for name in one.names:
        assert reverse(LIST_PAGES[one]) in [hit.url for hit in hits(cast.head, name, "清单")]


def test_nobody_is_led_to_a_list_that_the_navigation_does_not_show(cast: Cast) -> None:
    assert hits(cast.auditor, BOTH[0], "清单") == ()


@pytest.mark.covers("S30")
@pytest.mark.parametrize("written", BOTH)
@pytest.mark.parametrize("said", [*BOTH, "登记清单"])
def test_the_paper_that_a_plan_demands_is_found_under_either_name(cast: Cast, written: str, said: str) -> None:
    text = PLAN.replace("职权目录", written)
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=text, source_name="方案.txt")
    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    found = hits(cast.clerk, said, "方案的报送材料")

    assert [hit.title for hit in found] == [written]
    assert found[0].url
    assert hits(cast.outsider, said, "方案的报送材料") == ()


def test_a_word_of_an_entry_is_found_under_the_other_name(cast: Cast) -> None:
    create_power(actor=cast.clerk, row=replace(INSPECTION, name="编制岗位风险登记清单"))

    assert [hit.title for hit in hits(cast.head, "编制 岗位风险等级清单", "职权")] == ["编制岗位风险登记清单"]
    assert hits(cast.head, "编制 制度清单", "职权") == ()


def test_more_than_ten_under_several_names_lead_to_the_register_which_finds_them_all(
    cast: Cast, sign_in: SignIn
) -> None:
    for n in range(12):
        create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"编制第{n}张{BOTH[n % 2]}"))
    client = sign_in(cast.head)
    own_list = f"{reverse('powers:list')}?{urlencode({'q': BOTH[0]})}"

    page = client.get(reverse("search"), {"q": BOTH[0]}).content.decode()

    assert f'<a href="{own_list}">在职权中查看全部</a>' in page
    assert '共 <span class="num">12</span> 条' in client.get(own_list).content.decode()


@pytest.mark.covers("S30")
def test_whoever_reads_only_what_is_approved_finds_it_under_the_other_name_too(cast: Cast, sign_in: SignIn) -> None:
    draft = create_power(actor=cast.clerk, row=replace(INSPECTION, name="编制岗位风险登记清单"))
    confirmed = confirm(cast, draft)
    changed = replace(confirmed, name="编制岗位风险登记清单和制度目录")
    edit_power(actor=cast.clerk, row=changed, expected_version=confirmed.version)
    client = sign_in(cast.commission)

    found = client.get(reverse("powers:list"), {"q": "编制 岗位风险等级清单"}).content.decode()
    not_approved = client.get(reverse("powers:list"), {"q": "编制 制度清单"}).content.decode()

    assert "编制岗位风险登记清单" in found
    assert draft.number not in not_approved


def test_a_list_is_asked_for_as_often_among_thirty_entries_as_among_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        for n in range(rows):
            create_power(actor=cast.clerk, row=replace(INSPECTION, name=f"第{n}张岗位风险登记清单"))
        client = sign_in(cast.head)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("search"), {"q": BOTH[0]}).status_code == 200
        return len(captured)

    assert queries(3) == queries(27)
