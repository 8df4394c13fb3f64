"""Linking a plan to the higher plan that it carries out, and the page that shows both side by side (S3)."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lianfang.conftest import Cast
from lianfang.foundation.journal.queries import history_of
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.kernel.errors import Invalid
from lianfang.programme.plans import actions
from lianfang.programme.plans.models import Programme
from lianfang.programme.plans.programme_rows import DeadlineItem, ProgrammeRow
from lianfang.programme.plans.queries.upstream import higher_plans
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.programme.plans.tests.posting import posted

UNITS = [("LH", "临江分局"), ("LH-WRF", "污染防治科"), ("LH-ZF", "综合执法大队")]
HIGHER = """临江区廉洁风险防控工作意见

临江区纪委监委
2026年2月9日

第一阶段：查找风险（2026年2月16日至5月15日）
（一）查找风险点。从职责里找容易出错的环节。
临江分局于3月20日前将实施方案报区纪委监委。
临江分局于4月30日前将职权目录报区纪委监委。
"""


@pytest.fixture
def higher(cast: Cast) -> ProgrammeRow:
    """The commission's plan as the bureau keeps it: read in, given its number, confirmed."""
    draft = actions.start_plan(actor=cast.coordinator, unit="LH", text=HIGHER, source_name="意见.docx")
    named = replace(draft, document_number="临纪〔2026〕3号")
    kept = actions.correct_plan(actor=cast.coordinator, row=named, expected_version=draft.version)
    return actions.confirm_plan(actor=cast.secretary, number=kept.number, expected_version=kept.version)


@pytest.fixture
def draft(cast: Cast, higher: ProgrammeRow) -> ProgrammeRow:
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")


def citing(row: ProgrammeRow, number: str) -> ProgrammeRow:
    first, *others = row.deadlines
    return replace(row, deadlines=(replace(first, cites=(number,)), *others))


def shown(client: Client, name: str, number: str) -> str:
    answer = client.get(reverse(f"plans:{name}", args=[number]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.covers("S3")
def test_a_plan_finds_its_confirmed_higher_plan_by_the_number_it_cites(
    cast: Cast, higher: ProgrammeRow, draft: ProgrammeRow
) -> None:
    (found,) = higher_plans(draft)

    assert draft.upstream == ("临纪〔2026〕3号《临江区廉洁风险防控工作意见》",)
    assert found.row.number == higher.number
    assert [one.text for one in found.obligations] == ["查找风险", "查找风险点", "实施方案", "职权目录"]


def test_a_draft_is_no_higher_plan_and_another_bureau_has_none_of_ours(cast: Cast, draft: ProgrammeRow) -> None:
    again = f"{HIGHER}（再次印发）\n"
    second = actions.start_plan(actor=cast.coordinator, unit="LH", text=again, source_name="意见.docx")
    named = replace(second, document_number="临纪〔2026〕5号")
    actions.correct_plan(actor=cast.coordinator, row=named, expected_version=second.version)

    assert higher_plans(replace(draft, upstream=("临纪〔2026〕5号",))) == ()
    assert higher_plans(replace(draft, unit="QT")) == ()


@pytest.mark.covers("S3")
def test_a_citation_is_kept_through_confirming_and_written_down(cast: Cast, draft: ProgrammeRow) -> None:
    kept = actions.correct_plan(
        actor=cast.coordinator, row=citing(draft, "LH-F001-B002"), expected_version=draft.version
    )
    done = actions.confirm_plan(actor=cast.secretary, number=kept.number, expected_version=kept.version)

    assert done.deadlines[0].cites == ("LH-F001-B002",)
    assert [item.cites for item in done.stages] == [(), (), ()]
    edited = history_of(ProgrammeRow.kind, draft.number)[-2]
    assert [change.field for change in edited.changes] == ["deadlines"]


@pytest.mark.parametrize("number", ["LH-F001-B009", "LH-F002-B001", "QT-F001-B001"])
def test_what_no_higher_plan_asks_for_cannot_be_cited(cast: Cast, draft: ProgrammeRow, number: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.correct_plan(actor=cast.coordinator, row=citing(draft, number), expected_version=draft.version)

    assert "不在上级方案里" in refused.value.details[0]


def test_a_plan_that_no_longer_names_its_higher_plan_cannot_cite_it(cast: Cast, draft: ProgrammeRow) -> None:
    unlinked = replace(citing(draft, "LH-F001-B002"), upstream=())

    with pytest.raises(Invalid):
        actions.correct_plan(actor=cast.coordinator, row=unlinked, expected_version=draft.version)


@pytest.mark.covers("S3")
def test_every_item_offers_what_the_higher_plan_asks_for_and_keeps_the_answer(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    client = sign_in(cast.coordinator)
    page = shown(client, "reading", draft.number)
    answers = {
        "deadlines__0__cites": "LH-F001-B002",
        "stages__1__cites": "LH-F001-J001",
        "tasks__2__cites": "LH-F001-T001",
    }

    answer = client.post(reverse("plans:reading", args=[draft.number]), posted(draft, UNITS, **answers))

    assert page.count("落实上级的哪一项") >= len(draft.stages) + len(draft.tasks) + len(draft.asked)
    assert "报送材料：职权目录（2026年4月30日）" in page
    assert answer.status_code == 302
    row = Programme.objects.get(number=draft.number).to_row()
    assert (row.deadlines[0].cites, row.stages[1].cites, row.tasks[2].cites) == (
        ("LH-F001-B002",),
        ("LH-F001-J001",),
        ("LH-F001-T001",),
    )
    assert '<option value="LH-F001-B002" selected>' in shown(client, "reading", draft.number)


def test_what_no_choice_puts_together_survives_the_form(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    both = replace(draft.deadlines[0], cites=("LH-F001-J001", "LH-F001-B002"))
    row = replace(draft, deadlines=(both, *draft.deadlines[1:]))
    actions.correct_plan(actor=cast.coordinator, row=row, expected_version=draft.version)
    page = shown(sign_in(cast.coordinator), "reading", draft.number)

    assert '<option value="LH-F001-J001 LH-F001-B002" selected>' in page


def test_an_item_added_by_hand_can_cite_too(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    place = len(draft.deadlines)
    added: dict[str, str | list[str]] = {
        f"deadlines__{place}__due": "2026年3月18日",
        f"deadlines__{place}__deliverables": "实施方案",
        f"deadlines__{place}__submitter": "临江分局",
        f"deadlines__{place}__units": ["LH"],
        f"deadlines__{place}__kind": "submit",
        f"deadlines__{place}__policy": "fixed",
        f"deadlines__{place}__cites": "LH-F001-B001",
    }

    sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), posted(draft, UNITS, **added))

    row = Programme.objects.get(number=draft.number).to_row()
    assert row.deadlines[-1].cites == ("LH-F001-B001",)


def test_the_page_names_what_is_cited_and_not_found_beside_what_is(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    both = replace(draft, upstream=("中共临江区纪委 临纪〔2026〕3号", "区纪委《没有读入的意见》"))
    actions.correct_plan(actor=cast.coordinator, row=both, expected_version=draft.version)

    page = shown(sign_in(cast.coordinator), "upstream", draft.number)

    assert "没有对上的：区纪委《没有读入的意见》。" in page
    assert "共 4 项要求，" in page


def test_without_a_higher_plan_no_item_is_asked_what_it_takes_up(cast: Cast, sign_in: SignIn) -> None:
    alone = actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")
    client = sign_in(cast.coordinator)

    assert "落实上级的哪一项" not in shown(client, "reading", alone.number)
    page = shown(client, "upstream", alone.number)
    assert "系统里还没有它的上级方案" in page
    assert "临纪〔2026〕3号" in page


@pytest.mark.covers("S3")
def test_the_page_tells_what_is_taken_up_open_late_and_added(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    cited = citing(draft, "LH-F001-B002")
    late = replace(cited, stages=(cited.stages[0], replace(cited.stages[1], cites=("LH-F001-J001",)), cited.stages[2]))
    actions.correct_plan(actor=cast.coordinator, row=late, expected_version=draft.version)

    page = shown(sign_in(cast.coordinator), "upstream", draft.number)

    assert "共 4 项要求，" in page
    assert "还有 2 项没有落实" in page
    assert "1 处晚于上级期限" in page
    assert "本局另加" in page
    assert "可能是：" in page
    assert f"{reverse('plans:reading', args=[draft.number])}#task-2" in page


@pytest.mark.parametrize("is_confirmed", [False, True])
def test_where_nobody_has_compared_yet_the_page_says_so(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow, is_confirmed: bool
) -> None:
    if is_confirmed:
        actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    page = shown(sign_in(cast.secretary), "upstream", draft.number)

    assert ("确认之前没有对照" if is_confirmed else "还没有对照") in page


def test_a_clerk_reads_the_comparison_of_a_confirmed_plan_and_nothing_of_a_draft(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    address = reverse("plans:upstream", args=[draft.number])
    before = sign_in(cast.clerk).get(address).status_code

    actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)

    assert before == 404
    assert sign_in(cast.clerk).get(address).status_code == 200
    assert sign_in(cast.outsider).get(address).status_code == 404
    assert sign_in(cast.outsider).get(reverse("exports:upstream", args=[draft.number])).status_code == 404


@pytest.mark.covers("S3")
def test_the_comparison_is_taken_away_as_a_table(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    actions.correct_plan(actor=cast.coordinator, row=citing(draft, "LH-F001-B002"), expected_version=draft.version)
    client, address = sign_in(cast.coordinator), reverse("exports:upstream", args=[draft.number])

    text = client.get(address, {"format": "csv"}).content.decode("utf-8-sig")

    lines = [line for line in csv.reader(io.StringIO(text)) if len(line) > 3]
    assert ["报送材料", "职权目录", "2026年4月30日", "已落实", "职权目录、风险点清单", "2026年4月24日"] in lines
    assert ["报送材料", "实施方案", "2026年3月20日", "没有落实", "", ""] in lines
    assert any(line[3] == "本局另加" for line in lines)
    for form in ("xlsx", "docx", "pdf"):
        assert client.get(address, {"format": form}).status_code == 200


@pytest.mark.covers("S3")
def test_the_comparison_and_the_citations_are_there_as_json(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    actions.correct_plan(actor=cast.coordinator, row=citing(draft, "LH-F001-B002"), expected_version=draft.version)
    client = sign_in(cast.coordinator)

    found = client.get(f"/api/1/programmes/{draft.number}/upstream/").json()
    plan = client.get(f"/api/1/programmes/{draft.number}/").json()

    taken = {line["obligation"]["number"]: line["taken_up"] for line in found["lines"]}
    assert taken["LH-F001-B002"][0]["item"]["text"] == "职权目录、风险点清单"
    assert plan["deadlines"][0]["cites"] == ["LH-F001-B002"]


def test_thirty_items_cost_no_more_queries_than_three(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    client, address = sign_in(cast.coordinator), reverse("plans:upstream", args=[draft.number])

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    few = counted()
    one = DeadlineItem(due="2026-04-24", submitter="临江分局", units=("LH",), cites=("LH-F001-B002",))
    more = tuple(replace(one, deliverables=(f"材料{place}",)) for place in range(30))
    actions.correct_plan(
        actor=cast.coordinator, row=replace(draft, deadlines=(*draft.deadlines, *more)), expected_version=draft.version
    )

    assert counted() == few
