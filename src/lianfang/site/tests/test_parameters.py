"""Parameters at the doors: pages, JSON, desk and command; and that an approved value changes what a check finds."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lianfang.conftest import LONG_AGO, Cast
from lianfang.foundation.accounts.models import Grant, User
from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.lint.models import CheckRun
from lianfang.foundation.parameters.actions import approve_adjustment, propose_adjustment, return_adjustment
from lianfang.foundation.parameters.inventory import PARAMETERS
from lianfang.foundation.parameters.models import Adjustment
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.web.tests.sending import SignIn, send
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import risk_detail
from lianfang.site.checks.running import check_bureau
from lianfang.site.desk import desk_of
from lianfang.site.material import report_on

MINUTES = "局党组会纪要〔2026〕7号"
WANTED = AdjustmentRow(
    number="", unit="LH", parameter="least_raters", value="4", reason="科室较多，四人评分更能反映情况。"
)
ASKED = {"value": "4", "start": "", "reason": WANTED.reason}
Decide = Callable[[str, str], AdjustmentRow]


def fresh(user: User) -> User:
    """The same person at the next request."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def graded_half_a_year_ago(cast: Cast) -> Risk:
    """A live risk point that was graded seven months ago."""
    graded_on = timezone.localdate() - datetime.timedelta(days=213)
    return Risk.objects.create(
        number="LH-WRF-R001", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post", post_id="LH-WRF-02",
        statement="监管岗人员收受处置单位礼金，检查时对超期贮存危险废物隐瞒不报。", state="live", grade="MEDIUM",
        importance=3, probability=3, harm=3, raters=3, graded_on=graded_on, graded_by="周书记",
    )  # fmt: skip


@pytest.mark.covers("S88")
def test_a_finding_appears_with_the_approval_and_not_before_and_no_earlier_day_changes(
    cast: Cast, graded_half_a_year_ago: Risk, decide: Decide
) -> None:
    today = timezone.localdate()

    def found(day: datetime.date) -> list[str]:
        return [one.number for one in report_on("JW/LH/", day).findings if one.code == "RSK011"]

    row = propose_adjustment(
        actor=cast.coordinator, row=replace(WANTED, parameter="regrade_months", value="6", reason="半年一评。")
    )
    assert found(today) == []
    approve_adjustment(actor=cast.secretary, number=row.number, expected_version=1, basis=MINUTES)

    assert found(today) == ["LH-WRF-R001"]
    assert found(today - datetime.timedelta(days=1)) == []


@pytest.mark.covers("S88")
def test_the_page_of_an_entry_is_checked_with_the_values_of_its_bureau(
    cast: Cast, graded_half_a_year_ago: Risk, decide: Decide
) -> None:
    def said() -> list[str]:
        return [one.message for one in risk_detail(cast.head, "LH-WRF-R001").findings if one.code == "RSK004"]

    before = said()
    decide("causes_least", "3")

    assert [message.partition("，")[2] for message in (*before, *said())] == [
        "至少应追问到 2 层。",
        "至少应追问到 3 层。",
    ]


@pytest.mark.covers("S88")
def test_a_check_remembers_the_values_that_it_was_made_with(cast: Cast, decide: Decide) -> None:
    check_bureau(cast.coordinator, "LH")
    decide("regrade_months", "6")
    check_bureau(cast.coordinator, "LH")

    kept = CheckRun.objects.order_by("id").values_list("parameters", flat=True)

    assert list(kept) == [{}, {"regrade_months": "6"}]


def test_the_list_shows_every_parameter_with_its_value_its_origin_and_who_decides(
    cast: Cast, sign_in: SignIn, decide: Decide
) -> None:
    decide("least_raters", "4")

    page = sign_in(cast.clerk).get(reverse("parameters:list")).content.decode()

    for definition in PARAMETERS:
        assert definition.name in page
        assert definition.meaning in page
    line = re.search(r"<tr>(?:(?!<tr>).)*最少评分人数.*?</tr>", page, re.DOTALL)
    assert line is not None
    assert all(word in line[0] for word in ("4 人", "3 人", "本单位决定", "周书记", MINUTES, "廉政办", "党组书记"))


@pytest.mark.covers("S88")
def test_one_proposes_on_the_page_and_the_other_finds_it_on_the_desk_and_approves(cast: Cast, sign_in: SignIn) -> None:
    coordinator = sign_in(cast.coordinator)
    sent = coordinator.post(reverse("parameters:propose", args=["LH", "least_raters"]), ASKED, follow=True)
    row = Adjustment.objects.get().to_row()

    assert "已提出：最少评分人数：3 人 → 4 人，等待批准。" in sent.content.decode()
    assert "现在轮到党组书记批准" in coordinator.get(reverse("parameters:change", args=[row.number])).content.decode()
    pile = next(pile for pile in desk_of(fresh(cast.secretary)).piles if pile.does == "批准参数调整")
    assert [(item.number, item.title) for item in pile.items] == [(row.number, "最少评分人数")]
    assert pile.items[0].url == reverse("parameters:change", args=[row.number])

    step = reverse("parameters:step", args=[row.number, "approve"])
    answer = sign_in(cast.secretary).post(step, {"version": 1, "note": MINUTES}, follow=True)

    assert "已批准" in answer.content.decode()
    detail = sign_in(cast.head).get(reverse("parameters:detail", args=["LH", "least_raters"])).content.decode()
    assert all(word in detail for word in ("4 人", MINUTES, "3 人", WANTED.reason, "RSK008"))


def test_a_returned_proposal_waits_on_the_desk_of_its_proposer_and_comes_again(cast: Cast, sign_in: SignIn) -> None:
    row = propose_adjustment(actor=cast.coordinator, row=WANTED)
    return_adjustment(actor=cast.secretary, number=row.number, expected_version=1, note="请说明为什么是四人。")

    returned = desk_of(fresh(cast.coordinator)).returned
    client = sign_in(cast.coordinator)
    form = client.get(reverse("parameters:revise", args=[row.number])).content.decode()
    client.post(reverse("parameters:revise", args=[row.number]), {**ASKED, "value": "5", "version": 2})

    assert [(item.number, item.reason) for item in returned] == [(row.number, "请说明为什么是四人。")]
    assert 'value="4"' in form
    assert Adjustment.objects.get().value == "5"


def test_what_the_form_refuses_stands_at_its_field_with_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.coordinator)
    address = reverse("parameters:propose", args=["LH", "least_raters"])

    empty = client.post(address, {"reason": "四人评分。"})
    beyond = client.post(address, {**ASKED, "value": "99"})
    unknown = client.get(reverse("parameters:propose", args=["LH", "gone"]))

    assert (empty.status_code, beyond.status_code, unknown.status_code) == (422, 422, 404)
    assert "请填写新值。" in empty.content.decode()
    assert "3 至 15 人" in beyond.content.decode()
    assert 'value="99"' in beyond.content.decode()
    assert not Adjustment.objects.exists()


def test_a_value_of_ones_own_is_given_up_on_the_page(cast: Cast, sign_in: SignIn, decide: Decide) -> None:
    decide("least_raters", "4")
    address = reverse("parameters:propose", args=["LH", "least_raters"])
    asked = {"give_up": "on", "value": "", "reason": "与全区统一。"}

    sign_in(cast.coordinator).post(address, asked)

    assert Adjustment.objects.get(state="proposed").to_row().title == "最少评分人数：4 人 → 不再单独规定"


def test_the_list_costs_the_same_with_three_and_with_thirty_adjustments(
    cast: Cast, sign_in: SignIn, decide: Decide
) -> None:
    client = sign_in(cast.secretary)

    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    for value in ("4", "5", "6"):
        decide("least_raters", value)
    few = cost("parameters:list"), cost("parameters:changes")
    for place in range(9):
        for code, least in (("months_clean", 20), ("waiver_days", 30), ("least_raters", 4)):
            decide(code, str(least + place % 10))

    assert (cost("parameters:list"), cost("parameters:changes")) == few


def test_the_same_is_said_and_done_in_json(cast: Cast, sign_in: SignIn) -> None:
    coordinator = sign_in(cast.coordinator)
    body = {"number": "", "unit": "LH", "parameter": "least_raters", "value": "4", "reason": WANTED.reason}
    made = send(coordinator, "POST", "/api/1/parameters/adjustments/", body)
    number = made.json()["number"]
    refused = send(coordinator, "POST", f"/api/1/parameters/adjustments/{number}/steps/approve/", {"version": 1})
    done = send(
        sign_in(cast.secretary),
        "POST",
        f"/api/1/parameters/adjustments/{number}/steps/approve/",
        {"version": 1, "note": MINUTES},
    )
    values = sign_in(cast.clerk).get("/api/1/parameters/", {"unit": "LH"}).json()
    before = sign_in(cast.clerk).get("/api/1/parameters/", {"day": "2020-01-01"}).json()

    assert (made.status_code, refused.status_code, done.status_code) == (201, 403, 200)
    told = {value["parameter"]: value for value in values}
    assert (told["least_raters"]["value"], told["least_raters"]["basis"]) == ("4", MINUTES)
    assert {value["value"] for value in before if value["parameter"] == "least_raters"} == {"3"}


def test_json_can_claim_no_approval(cast: Cast, sign_in: SignIn) -> None:
    claim = {
        "number": "LH-V077", "unit": "LH", "parameter": "least_raters", "value": "4", "reason": WANTED.reason,
        "state": "approved", "approver": "周书记", "basis": MINUTES, "in_force_from": "2020-01-01", "before": "9",
        "version": 7, "proposer": "别人", "name": "别的",
    }  # fmt: skip

    row = send(sign_in(cast.coordinator), "POST", "/api/1/parameters/adjustments/", claim).json()

    assert (row["number"], row["state"], row["approver"], row["in_force_from"]) == ("LH-V001", "proposed", "", None)
    assert (row["before"], row["version"], row["proposer"], row["name"]) == ("3", 1, "廉政办吴主任", "最少评分人数")


def test_the_approver_may_well_be_one_of_two_secretaries(cast: Cast, sign_in: SignIn) -> None:
    second = User.objects.create(login="second", title="吴副书记")
    Grant.objects.create(user=second, role=Role.SECRETARY.value, scope="JW/LH/", start=LONG_AGO)
    row = propose_adjustment(actor=cast.coordinator, row=WANTED)

    page = sign_in(second).get(reverse("parameters:change", args=[row.number])).content.decode()

    assert "批准" in page
    assert "会议纪要编号或文号" in page
