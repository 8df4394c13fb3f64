"""Lists of the room going out and coming back in, as the system writes them and as bureaus do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn, press
from lianfang.kernel.findings import Severity
from lianfang.kernel.levels import Grade
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.models import Grading, Risk, Score
from lianfang.registers.risks.rows import NoneFound, RiskDimension, Tier
from lianfang.registers.risks.states import GradingState, RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM, search


def upload(client: Client, name: str, content: bytes, unit: str = "") -> Any:
    """The preview page of an uploaded file."""
    file = SimpleUploadedFile(name, content)
    return client.post("/import/", {"file": file, "unit": unit}, follow=True)


def stored(client: Client, page: Any) -> None:
    """Agree to a preview."""
    answer = press(client, page, "/store/")
    assert answer.status_code == 200, answer.content.decode()


def intake(page: Any) -> Any:
    """The one table of a previewed file."""
    (found,) = page.context["preview"].intakes
    return found


@pytest.mark.parametrize("kind", ["risks", "negatives", "searches", "scores"])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_a_list_that_goes_out_and_comes_back_changes_nothing(
    round_of: Round, cast: Cast, sign_in: SignIn, kind: str, extension: str
) -> None:
    round_of.live()
    create_risk(actor=cast.clerk, row=replace(DRAFT, tier=Tier.SECTION, post="", causes=()))
    create_negative(actor=cast.clerk, row=ITEM)
    none = NoneFound(RiskDimension.WORKFLOW, "流程全程在线，无人工环节")
    record_search(actor=cast.head, row=search(none_found=(none,)))
    client = sign_in(cast.coordinator)

    page = upload(client, f"{kind}.{extension}", client.get(f"/export/{kind}/?format={extension}").content)

    found = intake(page)
    assert (found.register.kind, found.created, found.changed) == (kind, [], [])
    assert found.unchanged == {"risks": 2, "negatives": 1, "searches": 1, "scores": 3}[kind]


BUREAU_LIST = """岗位风险登记清单,,,,
岗位,风险点,表现形式,风险等级,查找人
危险废物监管岗,监管岗人员收受礼金，对超期贮存不予查处，帮助企业逃避处罚。,笔录与联单数量不符,高,小李
污染防治科科长,科长接受请托，抽查时剔除特定企业，为其谋取利益。,抽查名单有涂改,中,张科长
"""


@pytest.mark.covers("S30")
def test_a_bureaus_own_list_under_its_second_name_is_read_with_names_for_numbers_and_approves_nothing(
    cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.clerk)

    page = upload(client, "岗位风险登记清单.csv", BUREAU_LIST.encode(), "LH-WRF")
    stored(client, page)

    rows = {risk.post_id: risk for risk in Risk.objects.all()}
    assert set(rows) == {"LH-WRF-01", "LH-WRF-02"}
    clerk = rows["LH-WRF-02"].to_row()
    assert (clerk.number, clerk.tier, clerk.state) == ("LH-WRF-R001", Tier.POST, RiskState.DRAFT)
    assert clerk.grade is Grade.HIGH
    assert rows["LH-WRF-02"].approved_entry is None
    shown = client.get("/risks/grades/").content.decode()
    assert "岗位风险等级清单" in shown
    assert "▲" not in shown


PAPER = """风险点编号,轮次,评分人,评分身份,重要程度,发生概率,危害程度,重要程度依据,发生概率依据,危害程度依据,评分日期
LH-WRF-R001,1,小李,岗位人员,3,3,3,直接经办,有一起通报,可致污染,2026-07-20
LH-WRF-R001,1,张科长,科室负责人,3,4,3,影响处罚,有投诉,可致污染,2026-07-20
LH-WRF-R001,1,王大队长,跨科室评审人,4,3,3,影响处罚,兄弟单位有案例,可致污染,2026-07-21
"""


def test_scores_given_on_paper_are_entered_for_an_open_round_by_the_coordinator_only(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    grading = round_of.opened(round_of.accepted())
    clerk = sign_in(cast.clerk)
    refused = press(clerk, upload(clerk, "评分表.csv", PAPER.encode()), "/store/")
    assert refused.status_code == 403
    assert not Score.seats.filter(scored_on__isnull=False).exists()

    client = sign_in(cast.coordinator)
    stored(client, upload(client, "评分表.csv", PAPER.encode()))

    assert Grading.objects.get(number=grading.number).state == GradingState.SCORED
    assert sorted(score.to_row().probability for score in Score.objects.all()) == [3, 3, 4]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("LH-WRF-R001,1,小李", "LH-WRF-R001,2,小李", "没有第 2 轮评级"),
        ("小李,岗位人员", "李副局长,岗位人员", "不在 LH-WRF-R001/1 的评分人名单里"),
        ("小李,岗位人员", "小李,科室负责人", "评分身份是“岗位人员”"),
    ],
)
def test_paper_scores_that_do_not_fit_the_round_are_refused_as_a_whole(
    round_of: Round, cast: Cast, sign_in: SignIn, before: str, after: str, message: str
) -> None:
    round_of.opened(round_of.accepted())
    client = sign_in(cast.coordinator)
    page = upload(client, "评分表.csv", PAPER.replace(before, after).encode())

    answer = press(client, page, "/store/")

    assert message in answer.content.decode()
    assert not Score.seats.filter(scored_on__isnull=False).exists()


def test_scores_that_are_in_cannot_be_changed_by_an_import(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    round_of.scored(round_of.accepted())
    client = sign_in(cast.coordinator)
    page = upload(client, "评分表.csv", PAPER.encode())

    answer = press(client, page, "/store/")

    assert answer.status_code == 409
    assert {score.probability for score in Score.objects.all()} == {3}


def test_a_score_outside_one_to_five_is_reported_at_its_cell(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    round_of.opened(round_of.accepted())

    page = upload(sign_in(cast.coordinator), "评分表.csv", PAPER.replace("3,3,3", "7,3,3").encode())

    assert "“7”不是 1 至 5 的整数" in page.content.decode()
    assert not page.context["preview"].is_storable


def test_a_row_of_another_unit_is_not_imported(cast: Cast, sign_in: SignIn) -> None:
    text = "单位编号,岗位编号,层级,风险点\nLH-WRF,LH-ZF-01,岗位,大队长利用抽查名单为亲友谋利。\n"
    client = sign_in(cast.coordinator)

    page = upload(client, "x.csv", text.encode())

    (found,) = [one for one in intake(page).findings if one.place.column == "岗位编号"]
    assert (found.severity, found.place.row) == (Severity.ERROR, 2)
    assert "LH-ZF-01" in found.message
    assert "/store/" not in page.content.decode()
    assert not Risk.objects.exists()
