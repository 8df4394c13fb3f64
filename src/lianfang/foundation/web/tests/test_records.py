"""One record: facts, history, differences and findings, with links through the site's table."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from lianfang.foundation.journal.queries import HistoryLine
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.web import specimens
from lianfang.kernel.findings import Finding, Severity
from lianfang.kernel.rows import Change, differences

Show = Callable[..., str]


def test_facts_take_their_headings_from_the_row_and_admit_what_is_missing(show: Show) -> None:
    html = show('{% facts %}{% facts_of row "basis supervision" %}{% endfacts %}', row=specimens.record())

    assert "<dt>法律依据</dt>" in html
    assert html.count("<p>《") == 2
    assert '<dt>监督方式</dt><dd><p class="unfilled">未填写</p></dd>' in html


def test_history_shows_who_did_what_and_words_the_changes(show: Show) -> None:
    html = show("{% history lines row %}", lines=specimens.history(), row=specimens.record())

    assert "张科长" in html
    assert "<strong>提交</strong>" in html
    assert "局党组会议纪要" in html
    assert "改动 4 项" in html
    assert "行政<del>检查</del><ins>处罚</ins>" in html
    assert "inspection" not in html


def test_a_thing_without_history_says_so(show: Show) -> None:
    assert "还没有操作记录。" in show("{% history lines %}", lines=[])


def line(verb: Verb, actor: str = "张科长", note: str = "") -> HistoryLine:
    """One line of a history."""
    at = datetime.datetime(2017, 6, 21, 10, 32, tzinfo=datetime.UTC)
    return HistoryLine(1, at, actor, verb.label, "", note, (), "")


def test_what_was_returned_says_by_whom_and_why_until_it_is_handed_up_again(show: Show) -> None:
    returned = [line(Verb.RETURNED, note="请写明谁来核对。"), line(Verb.SUBMITTED, "小李"), line(Verb.CREATED, "小李")]

    for lines in (returned, [line(Verb.EDITED, "小李"), *returned]):
        html = show("{% sent_back lines %}", lines=lines)
        assert "张科长退回" in html
        assert "请写明谁来核对。" in html
    assert show("{% sent_back lines %}", lines=[line(Verb.SUBMITTED, "小李"), *returned]) == ""
    assert show("{% sent_back lines %}", lines=[line(Verb.CREATED)]) == ""
    assert show("{% sent_back lines %}", lines=[]) == ""


def test_a_difference_marks_what_went_and_what_came(show: Show) -> None:
    html = show("{% diff changes row %}", changes=[Change("due", None, "2017-08-10")], row=specimens.record())

    assert "<dt>报送期限</dt>" in html
    assert "<del>（空）</del><ins>2017-08-10</ins>" in html


def test_two_rows_are_compared_field_by_field(show: Show) -> None:
    row = specimens.record()

    changed = replace(row, holder="行政审批科")
    html = show("{% diff changes row %}", changes=differences(row, changed), row=changed)

    assert "<dt>行使主体</dt>" in html
    assert html.count("<dt>") == 1
    assert "内容没有变化。" in show("{% diff changes row %}", changes=differences(row, row), row=row)


def test_findings_come_gravest_first_with_rule_and_place(show: Show) -> None:
    html = show("{% findings items row %}", items=reversed(specimens.findings()), row=specimens.record())

    assert html.index("PWR014") < html.index("PWR021") < html.index("PWR017")
    assert "“监督方式”" in html
    assert "工作表“权力清单”第 18 行" in html
    assert "建议：" in html


def test_findings_are_counted_where_there_are_several(show: Show) -> None:
    one = Finding("QL-1", "", "甲。", "X001", Severity.ERROR)

    assert "findings-count" not in show("{% findings items %}", items=[one])
    assert "findings-count" in show("{% findings items %}", items=[one, one])


def test_no_finding_is_good_news(show: Show) -> None:
    assert "没有发现问题。" in show("{% findings items %}", items=[])


def test_a_finding_links_to_its_record_where_the_site_has_a_page(show: Show) -> None:
    items = [
        Finding("QL/1", "", "甲。", "X001", Severity.ERROR, kind="things"),
        Finding("QL-2", "", "乙。", kind="other"),
    ]

    html = show("{% findings items show_number=True %}", items=items)

    assert "QL/1" in html
    assert '<span class="number">QL-2</span>' in html


def test_a_record_link_leads_to_the_page_of_its_kind_or_stays_text(show: Show) -> None:
    assert '<a class="number row-link" href="/things/QL-1/">QL-1</a>' in show('{% record_link "things" "QL-1" %}')
    assert show('{% record_link "unknown" "QL-1" %}') == '<span class="number">QL-1</span>'
    assert show('{% record_url "things" "QL-1" as url %}{{ url }}') == "/things/QL-1/"
