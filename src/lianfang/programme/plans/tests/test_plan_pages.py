"""The pages of programmes, as a browser without scripts sees them."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document as WordDocument

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.programme.plans import actions
from lianfang.programme.plans.models import PlanText, Programme, Submission
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.tests.plan_of_linjiang import PLAN
from lianfang.programme.plans.tests.posting import posted

UNITS = [("LH", "临江分局"), ("LH-WRF", "污染防治科"), ("LH-ZF", "综合执法大队")]


@pytest.fixture
def draft(cast: Cast) -> ProgrammeRow:
    return actions.start_plan(actor=cast.coordinator, unit="LH", text=PLAN, source_name="方案.txt")


@pytest.fixture
def confirmed(cast: Cast, draft: ProgrammeRow) -> ProgrammeRow:
    return actions.confirm_plan(actor=cast.secretary, number=draft.number, expected_version=draft.version)


def page(client: Client, name: str, number: str) -> str:
    answer = client.get(reverse(f"plans:{name}", args=[number]))
    assert answer.status_code == 200
    return answer.content.decode()


def text_shown(html: str) -> str:
    """The source text as the reading page shows it, without the anchors that were put in."""
    inside = html.split('class="plan-text"', 1)[1].split(">", 1)[1].split("</div>", 1)[0]
    return re.sub(r"<[^>]+>", "", re.sub(r'<a class="text-anchor".*?</a>', "", inside))


def test_an_empty_list_teaches(cast: Cast, sign_in: SignIn) -> None:
    shown = sign_in(cast.coordinator).get(reverse("plans:list")).content.decode()

    assert "还没有方案" in shown
    assert reverse("plans:start") in shown


def test_who_cannot_read_a_plan_in_is_told_who_can(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.clerk)

    shown = client.get(reverse("plans:list")).content.decode()

    assert "由廉政办办理" in shown
    assert reverse("plans:start") not in shown
    assert client.get(reverse("plans:start")).status_code == 403


@pytest.mark.covers("S2")
def test_a_word_file_is_read_and_shown_beside_its_items(cast: Cast, sign_in: SignIn) -> None:
    word, kept = WordDocument(), io.BytesIO()
    for line in PLAN.splitlines():
        word.add_paragraph(line)
    word.save(kept)
    upload = SimpleUploadedFile("方案.docx", kept.getvalue())

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "file": upload}, follow=True)

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("plans:reading", args=["LH-F001"])
    assert 'value="查找风险"' in shown
    assert 'value="2026年3月上旬"' in shown
    row = Programme.objects.get().to_row()
    assert (len(row.stages), len(row.deadlines)) == (3, 2)


def test_pasted_text_is_read_and_kept_with_plain_line_ends(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "text": PLAN.replace("\n", "\r\n")})

    assert PlanText.objects.get().text == PLAN
    assert Programme.objects.get().source_name == "粘贴的正文"


def test_neither_text_nor_file_is_said_at_the_form(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH"})

    assert answer.status_code == 422
    assert "请选择方案文件，或者粘贴方案正文。" in answer.content.decode()


def test_a_file_that_is_no_document_is_refused_with_a_sentence(cast: Cast, sign_in: SignIn) -> None:
    upload = SimpleUploadedFile("方案.docx", b"PK\x03\x04 broken")

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "file": upload})

    assert answer.status_code == 422
    assert not Programme.objects.exists()


def test_the_text_is_shown_whole_with_a_way_to_and_from_every_item(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    shown = page(sign_in(cast.coordinator), "reading", draft.number)

    assert text_shown(shown) == PLAN
    ids = set(re.findall(r' id="([^"]+)"', shown))
    jumps = set(re.findall(r' href="#([^"]+)"', shown))
    assert {"text-stage-0", "stage-0", "text-deadline-1", "deadline-1", "text-task-3", "text-duty-0"} <= ids & jumps
    assert jumps <= ids
    assert "空出5天" in shown


def test_of_very_many_findings_the_gravest_are_shown_and_the_others_counted(cast: Cast, sign_in: SignIn) -> None:
    careless = PLAN + "各科室要认真布署。" * 300
    row = actions.start_plan(actor=cast.coordinator, unit="LH", text=careless, source_name="误字很多")

    shown = page(sign_in(cast.coordinator), "reading", row.number)

    assert shown.count(">看原文<") == 200
    assert "还有 102 条没有列出" in shown
    assert "空出5天" in shown


def test_a_compendium_is_refused_because_no_plan_has_so_many_items(cast: Cast, sign_in: SignIn) -> None:
    compendium = PLAN + "".join(f"各科室于2026年5月{n % 28 + 1}日前报送第{n}号清单。\n" for n in range(250))

    answer = sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "text": compendium})

    assert answer.status_code == 422
    assert "一份方案没有这么多" in answer.content.decode()
    assert not Programme.objects.exists()


def test_the_tables_of_a_word_file_are_read_where_they_stand(cast: Cast, sign_in: SignIn) -> None:
    word, kept = WordDocument(), io.BytesIO()
    word.add_paragraph("临江分局值班室廉洁提醒工作方案")
    rows = (
        ("阶段", "时间", "任务"),
        ("动员部署", "2026年3月2日至3月13日", "召开会议；学习制度"),
        ("查找风险", "2026年3月16日至4月30日", "逐岗查找风险点"),
    )
    table = word.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    word.add_paragraph("各科室于4月24日前将风险点清单报局党组。")
    word.save(kept)
    upload = SimpleUploadedFile("方案.docx", kept.getvalue())

    sign_in(cast.coordinator).post(reverse("plans:start"), {"unit": "LH", "file": upload})

    row = Programme.objects.get().to_row()
    assert [(stage.name, stage.start, stage.end) for stage in row.stages] == [
        ("动员部署", "2026-03-02", "2026-03-13"),
        ("查找风险", "2026-03-16", "2026-04-30"),
    ]
    assert [(task.stage, task.name) for task in row.tasks] == [(1, "召开会议"), (1, "学习制度"), (2, "逐岗查找风险点")]
    text = Programme.objects.get().text.text
    assert [text[task.span.start : task.span.end] for task in row.tasks if task.span] == [t.name for t in row.tasks]


def test_a_plan_that_asks_for_no_paper_is_confirmed_and_its_matrix_says_so(cast: Cast, sign_in: SignIn) -> None:
    quiet = "临江分局值班工作实施方案\n各单位每季度向区纪委监委报送一次工作信息。\n"
    row = actions.start_plan(actor=cast.coordinator, unit="LH", text=quiet, source_name="方案")
    actions.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)
    client = sign_in(cast.clerk)

    assert "每季度" in page(client, "detail", row.number)
    assert "没有规定报送什么材料" in page(client, "matrix", row.number)


def test_a_text_that_is_no_plan_says_so_and_cannot_be_confirmed(cast: Cast, sign_in: SignIn) -> None:
    row = actions.start_plan(actor=cast.coordinator, unit="LH", text="今天天气很好。", source_name="随手写的")
    client = sign_in(cast.secretary)

    shown = page(client, "reading", row.number)
    answer = client.post(reverse("plans:step", args=[row.number, "confirm"]), {"version": row.version, "note": ""})

    assert "没有认出阶段和期限" in shown
    assert "没有可以检查的内容" in shown
    assert "没有发现问题" not in shown
    assert answer.status_code == 422
    assert "没有阶段、任务、期限，也没有定期工作" in answer.content.decode()


def test_text_that_looks_like_markup_stays_text(cast: Cast, sign_in: SignIn) -> None:
    nasty = PLAN.replace("组织学习", "<script>alert(1)</script>组织学习")
    row = actions.start_plan(actor=cast.coordinator, unit="LH", text=nasty, source_name="<b>方案</b>")

    shown = page(sign_in(cast.coordinator), "reading", row.number)

    assert "<script>alert" not in shown
    assert "<b>方案" not in shown


def test_what_the_form_shows_and_takes_back_is_the_same_reading(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    answer = sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), posted(draft, UNITS))

    assert answer.status_code == 302
    assert replace(Programme.objects.get().to_row(), version=draft.version) == draft


def test_corrections_additions_and_removals_are_saved_from_the_form(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    sent = posted(
        draft, UNITS, stages__0__start="2026-3-1", stages__2__DELETE="on", stages__3__ordinal="4",
        stages__3__name="总结", stages__3__start="2026年7月", stages__3__end="2026年7月",
        deadlines__0__units=["LH-ZF"], deadlines__0__deliverables="职权目录\n\n台账",
        deadlines__0__policy="previous-workday", tasks__4__name="写总结", tasks__4__stage="3",
    )  # fmt: skip

    sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)

    row = Programme.objects.get().to_row()
    assert [(stage.ordinal, stage.name) for stage in row.stages] == [(1, "学习动员"), (2, "查找风险"), (4, "总结")]
    assert row.stages[0].start == "2026-03-01"
    assert row.stages[0].span == draft.stages[0].span
    assert row.stages[2].span is None
    assert row.deadlines[0].deliverables == ("职权目录", "台账")
    assert row.deadlines[0].units == ("LH-ZF",)
    assert row.deadlines[0].spared == ("LH-WRF",)
    assert (row.tasks[-1].name, row.tasks[-1].stage) == ("写总结", 3)


def test_three_deadlines_are_added_in_one_save(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    client, first = sign_in(cast.coordinator), len(draft.deadlines)
    added = {
        f"deadlines__{first + place}__{field}": said
        for place in range(3)
        for field, said in (("due", f"2026-09-1{place}"), ("deliverables", f"第{place}份小结"), ("units", ["LH-ZF"]))
    }

    shown = page(client, "reading", draft.number)
    client.post(reverse("plans:reading", args=[draft.number]), posted(draft, UNITS, **added))

    assert shown.count("新增期限") == 3
    assert shown.count("再新增一项期限") == 2
    assert [item.deliverables for item in Programme.objects.get().to_row().deadlines[first:]] == [
        ("第0份小结",),
        ("第1份小结",),
        ("第2份小结",),
    ]


def test_a_date_that_is_none_is_said_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    sent = posted(draft, UNITS, stages__0__end="2026年2月30日", tasks__0__name="写了很久的任务")

    answer = sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "2月只有28天" in shown
    assert "写了很久的任务" in shown
    assert Programme.objects.get().version == draft.version


def test_the_second_of_two_correctors_keeps_what_was_typed(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    actions.correct_plan(actor=cast.secretary, row=replace(draft, title="书记改的"), expected_version=draft.version)
    sent = posted(draft, UNITS, frame__title="我改的")

    answer = sign_in(cast.coordinator).post(reverse("plans:reading", args=[draft.number]), sent)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "周书记" in shown
    assert 'value="我改的"' in shown
    assert f'name="version" value="{draft.version + 1}"' in shown


def test_confirming_from_the_page_leads_to_the_programme_and_its_matrix(
    cast: Cast, sign_in: SignIn, draft: ProgrammeRow
) -> None:
    client = sign_in(cast.secretary)

    answer = client.post(
        reverse("plans:step", args=[draft.number, "confirm"]), {"version": draft.version, "note": ""}, follow=True
    )

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("plans:detail", args=[draft.number])
    assert "已确认" in shown
    assert "2026-04-24" in shown
    assert '<svg class="timeline"' in shown
    assert "style=" not in shown.split("<main", 1)[1]
    matrix = page(client, "matrix", draft.number)
    assert matrix.count("待报送</span>") == Submission.objects.count() == 6


def test_open_errors_block_the_button_and_say_why(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    undated = replace(draft, stages=(replace(draft.stages[0], start="", end=""), *draft.stages[1:]))
    actions.correct_plan(actor=cast.coordinator, row=undated, expected_version=draft.version)

    assert "还有 1 个错误没有处理" in page(sign_in(cast.secretary), "reading", draft.number)


def test_a_confirmed_plan_is_read_but_no_longer_changed(cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow) -> None:
    client = sign_in(cast.clerk)

    shown = page(client, "reading", confirmed.number)
    answer = client.post(reverse("plans:reading", args=[confirmed.number]), posted(confirmed, UNITS))

    assert text_shown(shown) == PLAN
    assert "保存修改" not in shown
    assert answer.status_code == 403


def test_a_draft_has_no_page_of_its_own_beside_its_reading(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    answer = sign_in(cast.coordinator).get(reverse("plans:detail", args=[draft.number]))

    assert answer.headers["Location"] == reverse("plans:reading", args=[draft.number])
    assert "还没有确认" in page(sign_in(cast.coordinator), "matrix", draft.number)


@pytest.mark.parametrize("name", ["detail", "reading", "matrix"])
def test_another_bureau_gets_the_page_of_nothing(
    cast: Cast, sign_in: SignIn, confirmed: ProgrammeRow, name: str
) -> None:
    client = sign_in(cast.outsider)

    hidden = client.get(reverse(f"plans:{name}", args=[confirmed.number]))
    missing = client.get(reverse(f"plans:{name}", args=["LH-F999"]))

    assert hidden.status_code == missing.status_code == 404


@pytest.mark.parametrize("name", ["list", "start"])
def test_a_stranger_is_sent_to_the_log_in(client: Client, name: str) -> None:
    answer = client.get(reverse(f"plans:{name}"))

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("login"))


def test_the_list_is_filtered_and_searched(cast: Cast, sign_in: SignIn, draft: ProgrammeRow) -> None:
    other = PLAN.replace("2026", "2025").replace("廉洁风险防控工作", "作风建设")
    actions.start_plan(actor=cast.coordinator, unit="LH", text=other, source_name="另一份")
    client = sign_in(cast.coordinator)

    def listed(**wanted: str) -> list[str]:
        shown = client.get(reverse("plans:list"), wanted).content.decode()
        return re.findall(r">(LH-F\d+)</a>", shown)

    assert listed() == ["LH-F001", "LH-F002"]
    assert listed(cycle_year="2025") == ["LH-F002"]
    assert listed(q="作风") == ["LH-F002"]
    assert listed(state="confirmed") == []


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast: Cast, sign_in: SignIn) -> None:
    def queries(rows: int) -> int:
        for n in range(Programme.objects.count(), rows):
            actions.start_plan(actor=cast.coordinator, unit="LH", text=f"{PLAN}第{n}份\n", source_name=f"第{n}份")
        client = sign_in(cast.coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("plans:list")).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)


@pytest.mark.parametrize("name", ["detail", "matrix", "reading"])
def test_a_page_asks_the_database_as_often_for_thirty_units_as_for_two(cast: Cast, sign_in: SignIn, name: str) -> None:
    def queries(units: int) -> int:
        for n in range(Unit.objects.filter(path__startswith="JW/LH/K").count(), units):
            Unit.objects.create(
                number=f"K{n:02d}",
                name=f"第{n}科",
                unit_kind=UnitKind.SECTION.value,
                parent_id="LH",
                path=f"JW/LH/K{n:02d}/",
            )
        text = PLAN.replace("各科室、综合执法大队", "各单位") + "\n" * units
        row = actions.start_plan(actor=cast.coordinator, unit="LH", text=text, source_name="方案")
        actions.confirm_plan(actor=cast.secretary, number=row.number, expected_version=row.version)
        client = sign_in(cast.coordinator)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"plans:{name}", args=[row.number])).status_code == 200
        return len(captured)

    assert queries(2) == queries(30)
