"""The doors of the room: its pages, and its lists going out and coming back in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.kernel.levels import Grade
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.negatives import create_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.models import Grading, Negative, Risk, Score, Search
from lianfang.registers.risks.rows import NoneFound, RaterCapacity, RiskDimension, RiskRow, Tier
from lianfang.registers.risks.states import GradingState, RiskState
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM, search

SignIn = Callable[[User], Client]


def upload(client: Client, name: str, content: bytes, unit: str = "") -> Any:
    """The preview page of an uploaded file."""
    file = SimpleUploadedFile(name, content)
    return client.post("/import/", {"file": file, "unit": unit}, follow=True)


def stored(client: Client, page: Any) -> None:
    """Agree to a preview."""
    address = page.redirect_chain[-1][0]
    answer = client.post(f"{address}store/", follow=True)
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
    record_search(actor=cast.clerk, row=search(none_found=(none,)))
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
    refused = clerk.post(f"{upload(clerk, '评分表.csv', PAPER.encode()).redirect_chain[-1][0]}store/")
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

    answer = client.post(f"{page.redirect_chain[-1][0]}store/")

    assert message in answer.content.decode()
    assert not Score.seats.filter(scored_on__isnull=False).exists()


def test_scores_that_are_in_cannot_be_changed_by_an_import(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    round_of.scored(round_of.accepted())
    client = sign_in(cast.coordinator)
    page = upload(client, "评分表.csv", PAPER.encode())

    answer = client.post(f"{page.redirect_chain[-1][0]}store/")

    assert answer.status_code == 409
    assert {score.probability for score in Score.objects.all()} == {3}


def test_a_score_outside_one_to_five_is_reported_at_its_cell(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    round_of.opened(round_of.accepted())

    page = upload(sign_in(cast.coordinator), "评分表.csv", PAPER.replace("3,3,3", "7,3,3").encode())

    assert "“7”不是 1 至 5 的整数" in page.content.decode()
    assert not page.context["preview"].is_storable


PAGES = [
    "/risks/", "/risks/new/", "/risks/matrix/", "/risks/grades/", "/risks/coverage/", "/risks/gradings/",
    "/risks/negatives/", "/risks/negatives/new/", "/risks/negatives/print/", "/risks/searches/",
    "/risks/searches/new/", "/risks/posts/LH-WRF-02/", "/risks/powers/LH-WRF-P001/chart/",
    "/risks/powers/LH-WRF-P001/chart.svg",
]  # fmt: skip


@pytest.mark.parametrize("person", ["clerk", "head", "deputy", "secretary", "coordinator", "legal"])
def test_every_page_opens_for_everybody_in_the_bureau_with_and_without_entries(
    round_of: Round, cast: Cast, sign_in: SignIn, person: str
) -> None:
    client = sign_in(getattr(cast, person))
    for page in PAGES:
        assert client.get(page).status_code == 200, page
    row = round_of.live()
    item = create_negative(actor=cast.clerk, row=ITEM)
    found = record_search(actor=cast.clerk, row=search())
    client = sign_in(getattr(cast, person))

    numbered = [f"/risks/{row.number}/", f"/risks/gradings/{row.number}/1/", f"/risks/negatives/{item.number}/",
                f"/risks/searches/{found.number}/"]  # fmt: skip
    for page in [*PAGES, *numbered]:
        assert client.get(page).status_code == 200, page


@pytest.mark.parametrize("person", ["outsider", "system", "security", "auditor"])
def test_somebody_without_the_right_finds_nothing(round_of: Round, cast: Cast, sign_in: SignIn, person: str) -> None:
    row = round_of.live()
    item = create_negative(actor=cast.clerk, row=ITEM)
    client = sign_in(getattr(cast, person))

    for page in (f"/risks/{row.number}/", f"/risks/gradings/{row.number}/1/", f"/risks/negatives/{item.number}/"):
        assert client.get(page).status_code == 404, page
    assert row.statement not in client.get("/risks/").content.decode()


def test_the_commission_sees_what_is_approved_and_no_draft(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    live = round_of.live()
    draft = create_risk(actor=cast.clerk, row=replace(DRAFT, statement="还在起草的风险点，没有写全。"))
    client = sign_in(cast.commission)

    shown = client.get("/risks/").content.decode()

    assert live.statement in shown
    assert draft.statement not in shown
    assert client.get(f"/risks/{draft.number}/").status_code == 404


def test_a_form_keeps_what_was_typed_when_the_action_refuses_it(cast: Cast, power: Power, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)
    typed = {"tier": "post", "unit": "LH-WRF", "post": "", "statement": "很长的一段文字，不应当丢失。"}

    answer = client.post("/risks/new/", typed)

    assert answer.status_code == 422
    assert "必须落到一个岗位" in answer.content.decode()
    assert "很长的一段文字，不应当丢失。" in answer.content.decode()


def test_the_second_of_two_editors_is_shown_the_change_of_the_first(cast: Cast, power: Power, sign_in: SignIn) -> None:
    row = create_risk(actor=cast.clerk, row=DRAFT)
    typed = {"tier": "post", "unit": "LH-WRF", "post": "LH-WRF-02", "statement": DRAFT.statement, "version": "1"}
    client = sign_in(cast.clerk)
    assert client.post(f"/risks/{row.number}/edit/", {**typed, "manifestation": "甲"}).status_code == 302

    answer = client.post(f"/risks/{row.number}/edit/", {**typed, "manifestation": "乙"})

    assert answer.status_code == 409
    assert "甲" in answer.content.decode()
    assert Risk.objects.get(number=row.number).manifestation == "甲"


def test_a_grading_goes_from_opening_to_approval_through_its_pages(
    round_of: Round, cast: Cast, reviewer: User, sign_in: SignIn
) -> None:
    row = round_of.accepted()
    seats = {"LH-M04": "holder", "LH-M03": "head", "LH-M05": "reviewer", "version": str(row.version)}
    assert sign_in(cast.head).post(f"/risks/{row.number}/grading/", seats).status_code == 302
    page = f"/risks/gradings/{row.number}/1/"
    scores = {
        "importance": "3", "probability": "3", "harm": "3", "importance_note": "经办", "probability_note": "有通报",
        "harm_note": "可致污染",
    }  # fmt: skip
    for rater, probability in ((cast.clerk, "2"), (cast.head, "3"), (reviewer, "4")):
        answer = sign_in(rater).post(f"{page}score/", {**scores, "probability": probability})
        assert answer.status_code == 302
    coordinator = sign_in(cast.coordinator)
    version = Grading.objects.get().version
    refused = coordinator.post(f"{page}propose/", {"reason": "有据", "version": version})
    assert refused.status_code == 422
    assert "须先会商" in refused.content.decode()
    agreed = {"importance": "3", "probability": "4", "harm": "3", "record": "三人会商。", "version": version}
    assert coordinator.post(f"{page}reconcile/", agreed).status_code == 302
    shown = coordinator.get(page).content.decode()
    assert "危害程度若为 4 分，规则表得“高”" in shown
    proposed = {"reason": "三项评分有据。", "version": Grading.objects.get().version}
    assert coordinator.post(f"{page}propose/", proposed).status_code == 302

    done = sign_in(cast.deputy).post(f"{page}do/approve/", {"version": Grading.objects.get().version})

    assert done.status_code == 302
    assert (Risk.objects.get().state, Risk.objects.get().grade) == ("live", "MEDIUM")


def test_the_matrix_leads_to_the_risk_points_of_a_cell(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    row = round_of.live()
    client = sign_in(cast.clerk)

    shown = client.get("/risks/matrix/").content.decode()

    assert "?probability=3&amp;harm=3" in shown
    assert "◆" in shown
    assert row.statement in client.get("/risks/?probability=3&harm=3").content.decode()
    assert row.statement not in client.get("/risks/?probability=3&harm=4").content.decode()
    assert client.get("/risks/?probability=x&harm=y").status_code == 200


@pytest.mark.covers("S7", "S8", "S29", "S30")
def test_the_page_of_a_post_shows_what_hangs_on_it_and_derives_its_grade(
    round_of: Round, cast: Cast, sign_in: SignIn
) -> None:
    row = round_of.live(DRAFT, (4, 4, 4), (4, 4, 4), (4, 4, 4))
    item = create_negative(actor=cast.clerk, row=ITEM)
    client = sign_in(cast.clerk)

    shown = client.get("/risks/posts/LH-WRF-02/").content.decode()
    head = client.get("/risks/posts/LH-WRF-01/").content.decode()

    for expected in (row.number, item.number, "小李", "对危险废物经营单位的现场检查", "取其中最高的“高”"):
        assert expected in shown
    assert "负责污染防治科科长的业务工作。" in head
    assert "对污染防治科科长分管范围的廉政建设负责。" in head
    listed = client.get("/export/post-grades/?format=csv").content.decode("utf-8-sig")
    assert "污染防治科,LH-WRF-02,危险废物监管岗,小李,高,1,0,0" in listed


def many_risks(count: int) -> None:
    Risk.objects.all().delete()
    for serial in range(1, count + 1):
        Risk.objects.create(
            number=f"LH-WRF-R{serial:03d}", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post",
            post_id="LH-WRF-02", power_id="LH-WRF-P001", statement=f"第 {serial} 个风险点", state="live",
            approved_entry=serial, grade="MEDIUM", importance=3, probability=3, harm=3, dimension="exercise",
        )  # fmt: skip


def many_negatives(count: int) -> None:
    Negative.objects.all().delete()
    for serial in range(1, count + 1):
        Negative.objects.create(
            number=f"LH-WRF-N{serial:03d}", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post",
            post_id="LH-WRF-02", power_id="LH-WRF-P001", prohibited=f"不得 {serial}", state="approved",
        )  # fmt: skip


def many_searches(count: int) -> None:
    Search.objects.all().delete()
    for serial in range(1, count + 1):
        Search.objects.create(
            number=f"LH-WRF-S{serial:03d}", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/", tier="post",
            post_id="LH-WRF-02", held_on="2026-07-01", participants=["小李"],
        )  # fmt: skip


def many_rounds(count: int) -> None:
    Score.seats.all().delete()
    Grading.objects.all().delete()
    many_risks(count)
    for risk in Risk.objects.all():
        grading = Grading.objects.create(
            number=f"{risk.number}/1", unit_path=risk.unit_path, risk=risk, round=1, rule_version="D", state="open"
        )
        Score.seats.create(
            number=f"{risk.number}/1/LH-M04", unit_path=risk.unit_path, grading=grading, risk=risk, round=1,
            rater_id="LH-M04", capacity=RaterCapacity.HOLDER.value,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("page", "many"),
    [
        ("/risks/", many_risks),
        ("/risks/matrix/", many_risks),
        ("/risks/grades/", many_risks),
        ("/risks/posts/LH-WRF-02/", many_risks),
        ("/risks/powers/LH-WRF-P001/chart/", many_risks),
        ("/risks/coverage/?unit=LH-WRF", many_risks),
        ("/risks/negatives/", many_negatives),
        ("/risks/negatives/print/?unit=LH-WRF&drafts=1", many_negatives),
        ("/risks/searches/", many_searches),
        ("/risks/gradings/", many_rounds),
    ],
)
def test_a_page_asks_no_more_of_the_database_for_thirty_entries_than_for_three(
    cast: Cast, power: Power, sign_in: SignIn, page: str, many: Callable[[int], None]
) -> None:
    client = sign_in(cast.head)
    counts = []
    for count in (3, 30):
        many(count)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1], [query["sql"][:120] for query in asked.captured_queries]


def test_the_drawing_of_a_power_marks_risk_points_at_their_steps(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    row = round_of.live()
    client = sign_in(cast.clerk)

    shown = client.get("/risks/powers/LH-WRF-P001/chart/").content.decode()
    file = client.get("/risks/powers/LH-WRF-P001/chart.svg")

    assert f"◆中　{row.number}" in shown
    assert "△ 薄弱环节：只有一人到场" in shown
    assert " style=" not in shown
    assert file["Content-Type"].startswith("image/svg+xml")
    assert file.content.decode().lstrip().startswith("<svg")
    assert f'href="/risks/{row.number}/"' in shown
    linked = client.get("/powers/LH-WRF-P001/").content.decode()
    assert "/risks/powers/LH-WRF-P001/chart/" in linked


def test_a_row_of_another_unit_is_not_imported(cast: Cast, sign_in: SignIn) -> None:
    text = "单位编号,岗位编号,层级,风险点\nLH-WRF,LH-ZF-01,岗位,大队长利用抽查名单为亲友谋利。\n"
    client = sign_in(cast.coordinator)

    page = upload(client, "x.csv", text.encode())
    answer = client.post(f"{page.redirect_chain[-1][0]}store/")

    assert answer.status_code == 422
    assert "不属于单位" in answer.content.decode()
    assert not Risk.objects.exists()


def test_rows_know_their_headings() -> None:
    assert RiskRow.headings["grade"] == "风险等级"
