"""Who answers for the measures of a list of risk points: told by name or post, asked about where nobody can be told."""

from __future__ import annotations

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.organisation.models import Person, Post, Tenure, Unit
from lianfang.registers.risks.models import Risk
from lianfang.site.directory import Directory
from lianfang.site.importing import preview
from lianfang.site.tests.test_import_measures import TERMS, ledger, measures, said


def test_a_person_that_nobody_knows_is_a_warning_at_its_cell_and_stays_readable(cast: Cast) -> None:
    previewed = preview(ledger(), TERMS)

    unknown = "没有登记这个人，也没有这个岗位；原文记在新措施的“执行岗位”里，请补上"
    assert said(previewed, "IMP039") == [
        ("G3", f"“办理人”{unknown}责任人。"),
        ("H3", f"“分管局长”{unknown}监督人。纪委监委等上级单位的人，请写人员编号。"),
    ]
    assert previewed.is_storable


def test_a_post_means_whoever_holds_it(cast: Cast) -> None:
    lines = [("危险废物监管岗", "透露名单", "逐件留痕", "危险废物监管岗", "污染防治科科长")]

    (row,) = measures(preview(ledger(("岗位", "风险点", "防控措施", "责任人", "监督责任人"), lines), TERMS))

    assert (row.owner, row.supervisor, row.actor) == ("LH-M04", "LH-M03", "危险废物监管岗")


def test_a_leader_of_the_bureau_is_told_by_the_title_also_where_another_bureau_has_the_same(cast: Cast) -> None:
    Unit.objects.create(number="QT-LD", name="局领导班子", unit_kind="leadership", parent_id="QT", path="JW/QT/QT-LD/")
    Post.objects.create(number="QT-LD-01", unit_id="QT-LD", unit_path="JW/QT/QT-LD/", name="局长", rank="leader")
    head = ("岗位", "风险点", "防控措施", "责任人", "监督责任人")
    lines = [
        ("危险废物监管岗", "甲", "逐件留痕", "危险废物监管岗", "分管污染防治副局长"),
        ("危险废物监管岗", "乙", "逐件留痕", "危险废物监管岗", "局长"),
    ]

    assert [row.supervisor for row in measures(preview(ledger(head, lines), TERMS))] == ["LH-M02", "LH-M01"]


def test_a_title_that_only_another_bureau_has_means_nobody_here(cast: Cast) -> None:
    Post.objects.create(number="QT-BG-01", unit_id="QT-BG", unit_path="JW/QT/QT-BG/", name="案件审核岗", rank="staff")
    lines = [("危险废物监管岗", "甲", "逐件留痕", "案件审核岗")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [row.owner for row in measures(previewed)] == [""]
    assert "也没有这个岗位" in said(previewed, "IMP039")[0][1]


def test_a_name_that_only_another_bureau_has_means_nobody_here(cast: Cast) -> None:
    Person.objects.create(number="QT-M31", name="钱外局", unit_id="QT-BG", unit_path="JW/QT/QT-BG/")
    lines = [("危险废物监管岗", "甲", "逐件留痕", "钱外局")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [row.owner for row in measures(previewed)] == [""]
    assert "没有登记这个人" in said(previewed, "IMP039")[0][1]


def test_a_namesake_in_another_bureau_does_not_stand_in_the_way(cast: Cast) -> None:
    Person.objects.create(number="QT-M32", name="周书记", unit_id="QT-BG", unit_path="JW/QT/QT-BG/")
    lines = [("危险废物监管岗", "甲", "逐件留痕", "周书记")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [row.owner for row in measures(previewed)] == ["LH-M01"]


def test_whoever_rates_a_risk_point_is_of_its_bureau(cast: Cast) -> None:
    Risk.objects.create(
        number="QT-BG-R009",
        tier="section",
        statement="办公室收受供应商礼金",
        unit_id="QT-BG",
        unit_path="JW/QT/QT-BG/",
        state="draft",
    )
    directory = Directory()
    directory.expect("risks", ["QT-BG-R009"])

    assert directory.unit_of("risks", "QT-BG-R009") == "QT-BG"
    assert directory.resolve("people", "周书记", "QT-BG") is None
    assert directory.resolve("people", "周书记", "LH-WRF") == "LH-M01"


def test_a_title_that_two_posts_of_the_bureau_bear_is_asked_about(cast: Cast) -> None:
    Post.objects.create(
        number="LH-LD-03", unit_id="LH-LD", unit_path="JW/LH/LH-LD/", name="分管污染防治副局长", rank="deputy"
    )
    lines = [("危险废物监管岗", "甲", "逐件留痕", "小李", "分管污染防治副局长")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人", "监督责任人"), lines), TERMS)

    assert "有 2 个同名的岗位（LH-LD-02、LH-LD-03）" in said(previewed, "IMP039")[0][1]


@pytest.mark.parametrize("words", ["责任岗位：危险废物监管岗", "责任岗位: 危险废物监管岗", "危险废物监管岗"])
def test_a_post_may_stand_behind_its_label_or_under_its_own_heading(cast: Cast, words: str) -> None:
    labelled = ledger(("岗位", "风险点", "防控措施", "责任人"), [("危险废物监管岗", "甲", "逐件留痕", words)])
    headed = ledger(("岗位", "风险点", "防控措施", "责任岗位"), [("危险废物监管岗", "甲", "逐件留痕", words)])

    for contents in (labelled, headed):
        (row,) = measures(preview(contents, TERMS))
        assert (row.owner, row.actor) == ("LH-M04", "危险废物监管岗")


def test_two_labels_in_one_cell_are_left_as_they_are(cast: Cast) -> None:
    words = "责任人：小李\n监督人：张科长"
    lines = [("危险废物监管岗", "甲", "逐件留痕", words)]

    (row,) = measures(preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS))

    assert (row.owner, row.actor) == ("", "责任人：小李、监督人：张科长")


def test_a_post_that_two_people_or_nobody_hold_means_nobody(cast: Cast, stage: dict[str, object]) -> None:
    Tenure.objects.create(
        number="T-2", person_id="LH-M03", post_id="LH-WRF-02", unit_path="JW/LH/LH-WRF/", start="2021-01-01"
    )
    Tenure.objects.filter(post_id="LH-WRF-01").delete()
    lines = [("危险废物监管岗", "透露名单", "逐件留痕", "危险废物监管岗", "污染防治科科长")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人", "监督责任人"), lines), TERMS)

    (row,) = measures(previewed)
    assert (row.owner, row.supervisor, row.actor) == ("", "", "危险废物监管岗（监督责任人：污染防治科科长）")
    owner, supervisor = (message for _, message in said(previewed, "IMP039"))
    assert "现在有 2 人任职" in owner
    assert "现在没有人任职" in supervisor


def test_namesakes_and_several_people_are_asked_about(cast: Cast) -> None:
    Person.objects.create(number="LH-M09", name="小李", unit_id="LH-WRF", unit_path="JW/LH/LH-WRF/")
    lines = [("危险废物监管岗", "甲", "逐件留痕", "小李"), ("危险废物监管岗", "乙", "逐件留痕", "张科长、周书记")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [row.actor for row in measures(previewed)] == ["小李", "张科长、周书记"]
    first, second = (message for _, message in said(previewed, "IMP039"))
    assert "有 2 个同名的人（LH-M04、LH-M09）" in first
    assert "不止一个" in second


def test_the_same_unknown_words_are_said_once_with_their_count(cast: Cast) -> None:
    lines = [("危险废物监管岗", f"风险{at}", "逐件留痕", "经办人员") for at in range(40)]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    ((cell, message),) = said(previewed, "IMP039")
    assert cell == "D2"
    assert "这样写的共 40 行" in message


def test_words_too_long_for_their_place_are_said_and_do_not_stop_the_list(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "逐件留痕", "某" * 200)]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert previewed.is_storable
    assert "请照原表补上责任人" in said(previewed, "IMP039")[0][1]
    assert "某…”没有登记这个人，也没有这个岗位；原文太长，没有记下" in said(previewed, "IMP039")[0][1]


def test_signs_for_nothing_are_no_measures_and_nobody(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "无", "小李"), ("危险废物监管岗", "乙", "逐件留痕", "/")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [(row.action, row.actor) for row in measures(previewed)] == [("逐件留痕", "")]
    assert said(previewed, "IMP039") == []


def test_people_on_lines_of_their_own_stay_apart_and_a_gap_within_a_name_is_none(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "逐件留痕", "甲某\n乙某"), ("危险废物监管岗", "乙", "逐件留痕", "小　李")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [(row.owner, row.actor) for row in measures(previewed)] == [("", "甲某、乙某"), ("LH-M04", "")]


def test_a_leader_supervises_where_the_list_names_no_supervisor(cast: Cast) -> None:
    head = ("岗位", "风险点", "防控措施", "责任领导", "监督人")

    previewed = preview(ledger(head, [("危险废物监管岗", "甲", "逐件留痕", "周书记", "张科长")]), TERMS)

    assert [row.supervisor for row in measures(previewed)] == ["LH-M03"]
    assert [column.heading for column in previewed.unread] == ["责任领导"]


def test_who_answers_and_supervises_at_once_is_told_so_at_the_cell(cast: Cast) -> None:
    head = ("岗位", "风险点", "防控措施", "责任人", "监督人")

    previewed = preview(ledger(head, [("危险废物监管岗", "甲", "逐件留痕", "张科长", "张科长")]), TERMS)

    assert said(previewed, "CTL005") == [("E2", "监督人与责任人都是“张科长”。")]


def test_one_measure_with_two_owners_is_asked_about(cast: Cast) -> None:
    lines = [("危险废物监管岗", "甲", "双人到场", "小李"), ("危险废物监管岗", "甲", "双人到场", "张科长")]

    previewed = preview(ledger(("岗位", "风险点", "防控措施", "责任人"), lines), TERMS)

    assert [row.owner for row in measures(previewed)] == ["LH-M04"]
    assert said(previewed, "IMP041") == [
        ("D3", "这条措施第 2 行已经写过，那里是“小李”；这里的“张科长”没有登记，请核对。")
    ]
