"""The pages of the room: who sees what, what forms keep, the way of a grading, the drawing."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.models import User
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.registers.powers.models import Power
from lianfang.registers.risks.actions.negatives import approve_negative, create_negative, submit_negative
from lianfang.registers.risks.actions.risks import create_risk
from lianfang.registers.risks.actions.searches import record_search
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.tests.conftest import DRAFT, Round
from lianfang.registers.risks.tests.test_negative_actions import ITEM, search

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
    def expected(page: str) -> int:
        return 403 if person == "legal" and page.endswith("/new/") else 200

    client = sign_in(getattr(cast, person))
    for page in PAGES:
        assert client.get(page).status_code == expected(page), page
    row = round_of.live()
    item = create_negative(actor=cast.clerk, row=ITEM)
    found = record_search(actor=cast.head, row=search())
    client = sign_in(getattr(cast, person))

    numbered = [
        f"/risks/{row.number}/",
        f"/risks/gradings/{row.number}/1/",
        f"/risks/negatives/{item.number}/",
        f"/risks/searches/{found.number}/",
    ]
    for page in [*PAGES, *numbered]:
        assert client.get(page).status_code == expected(page), page


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
        "importance": "3",
        "probability": "3",
        "harm": "3",
        "importance_note": "经办",
        "probability_note": "有通报",
        "harm_note": "可致污染",
    }
    for rater, probability in ((cast.clerk, "2"), (cast.head, "3"), (reviewer, "4")):
        answer = sign_in(rater).post(f"{page}score/", {**scores, "probability": probability})
        assert answer.status_code == 302
    coordinator = sign_in(cast.coordinator)
    version = Grading.objects.get().version
    refused = coordinator.post(f"{page}propose/", {"reason": "有据", "version": version})
    assert refused.status_code == 422
    assert "须先会商" in refused.content.decode()
    agreed = {
        "importance": "3",
        "probability": "4",
        "harm": "3",
        "record": "打四分的举出邻区通报，另两人看后同意。",
        "version": version,
    }
    assert coordinator.post(f"{page}reconcile/", agreed).status_code == 302
    shown = coordinator.get(page).content.decode()
    assert "危害程度若为 4 分，规则表得“高”" in shown
    proposed = {"reason": "邻区有一起通报，三项居中。", "version": Grading.objects.get().version}
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


@pytest.mark.covers("S7", "S8", "S29")
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


def test_each_step_of_the_drawing_leads_to_a_form_with_power_and_step_filled_in(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    client = sign_in(cast.clerk)
    shown = client.get(f"/risks/powers/{power.number}/chart/").content.decode()
    ways = [html.unescape(way) for way in re.findall(r'class="chart-add" href="([^"]+)"', shown)]

    form = client.get(ways[0]).content.decode()

    first = power.steps[0]["name"]
    assert len(ways) == len(power.steps)
    assert f'<option value="{power.number}" selected>' in form
    assert re.search(rf'<input[^>]*name="step"[^>]*value="{first}"[^>]*list="steps-of-power"', form)
    assert [f'<option value="{step["name"]}" label=' in form for step in power.steps] == [True] * len(power.steps)


def test_the_drawing_invites_nobody_who_may_not_answer_and_the_file_nobody(
    cast: Cast, power: Power, sign_in: SignIn
) -> None:
    page, file = f"/risks/powers/{power.number}/chart/", f"/risks/powers/{power.number}/chart.svg"

    assert "chart-add" not in sign_in(cast.legal).get(page).content.decode()
    assert "chart-add" not in sign_in(cast.clerk).get(file).content.decode()


def test_a_risk_point_is_merged_on_its_own_page(cast: Cast, power: Power, sign_in: SignIn) -> None:
    kept = create_risk(actor=cast.clerk, row=DRAFT)
    row = create_risk(actor=cast.clerk, row=replace(DRAFT, statement="检查人员收受礼品，对超期贮存网开一面。"))
    Risk.objects.update(state="proposed")
    client = sign_in(cast.head)
    page = f"/risks/{row.number}/merge/"
    assert kept.number in client.get(page).content.decode()

    unsaid = client.post(page, {"into": kept.number, "note": "", "version": "1"})
    done = client.post(page, {"into": kept.number, "note": "同一件事。", "version": "1"}, follow=True)

    assert unsaid.status_code == 422
    assert "本条并入" in done.content.decode()


def test_a_rater_is_replaced_on_the_page_of_the_round(round_of: Round, cast: Cast, sign_in: SignIn) -> None:
    grading = round_of.opened(round_of.accepted())
    client = sign_in(cast.head)
    page = f"/risks/gradings/{grading.number}/raters/"
    assert "王大队长" in client.get(page).content.decode()

    done = client.post(page, {"leaving": "LH-M03", "person": "LH-M02|head", "note": "本人申请回避"}, follow=True)

    assert "李副局长" in done.content.decode()
    assert "张科长（科室负责人）" in done.content.decode()


@pytest.mark.covers("S72")
def test_the_page_of_the_search_says_whether_the_first_responsible_person_led(
    cast: Cast, round_of: Round, sign_in: SignIn
) -> None:
    client = sign_in(cast.coordinator)
    create_risk(actor=cast.clerk, row=replace(DRAFT, finder="周书记"))
    assert "至少要有一个风险点由本人查找" in client.get("/risks/coverage/?unit=LH").content.decode()

    round_of.live(replace(DRAFT, finder="周书记"))

    assert "亲自查找风险点 1 个" in client.get("/risks/coverage/?unit=LH").content.decode()


@pytest.mark.covers("S23")
def test_the_negative_list_is_printed_and_written_as_approved(cast: Cast, power: Power, sign_in: SignIn) -> None:
    item = create_negative(actor=cast.clerk, row=ITEM)
    client = sign_in(cast.clerk)
    page = "/risks/negatives/print/?unit=LH-WRF&post=LH-WRF-02"
    assert item.prohibited not in client.get(page).content.decode()
    assert item.prohibited in client.get(f"{page}&drafts=1").content.decode()
    item = submit_negative(actor=cast.clerk, number=item.number, expected_version=item.version)
    approve_negative(actor=cast.deputy, number=item.number, expected_version=item.version)

    shown = client.get(page).content.decode()
    written = client.get("/export/negative-list/LH-WRF/?format=csv&post=LH-WRF-02").content.decode("utf-8-sig")

    assert item.prohibited in shown
    assert "危险废物监管岗廉政负面清单" in shown
    assert item.prohibited in written
    assert "对危险废物经营单位的现场检查" in written
    assert client.get("/export/negative-list/LH-WRF/?format=csv&post=QT-BG-01").status_code == 404
