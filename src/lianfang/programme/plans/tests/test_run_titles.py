"""The title of a document that has lost its line breaks, and of one whose title stands on several lines (S1)."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan

BODY = "为做好工作，现将有关事项通知如下：一、总体要求坚持实事求是，做到不留死角，把每一项要求都落到岗位和人头上。"
BODY += "二、工作安排各单位要按照要求认真组织实施，并于2027年6月20日前将总结报县廉政办。三、组织领导各单位要高度重视。"


@pytest.mark.covers("S1", "S2")
@pytest.mark.parametrize(
    ("head", "title", "issuer"),
    [
        (
            "内部事项平川县水务局部门文件平水廉〔2027〕9号平川县水务局关于做好河道采砂廉政风险排查的通知平川县河务所、各镇水管站:",
            "平川县水务局关于做好河道采砂廉政风险排查的通知",
            "平川县水务局",
        ),
        (
            "平川县水务局加急关于征集2027年度“清风水务”作品的通知局属单位、各镇水管站:",
            "关于征集2027年度“清风水务”作品的通知",
            "",
        ),
        (
            "平川县教育局关于会签《关于印发2027年度校园清风行动方案的通知》的函县财政局、县卫健局:",
            "平川县教育局关于会签《关于印发2027年度校园清风行动方案的通知》的函",
            "平川县教育局",
        ),
        ("附件12027年“清风护航”专项行动工作方案", "2027年“清风护航”专项行动工作方案", ""),
        ("附件2平川县农机局2027年度廉政标兵、先进集体评选方案", "平川县农机局2027年度廉政标兵、先进集体评选方案", ""),
    ],
)
def test_a_title_is_told_from_the_letterhead_before_it_and_the_names_behind_it(
    head: str, title: str, issuer: str
) -> None:
    plan = read_plan(head + BODY)

    assert (plan.title, plan.issuer) == (title, issuer)


def test_a_title_named_in_the_first_sentence_is_not_that_of_the_document() -> None:
    plan = read_plan("根据县纪委《关于开展廉政风险排查的通知》要求，" + BODY)

    assert plan.title == ""


@pytest.mark.covers("S1")
def test_a_title_may_stand_on_three_lines_of_which_the_second_ends_like_a_title() -> None:
    text = "平川县人民政府关于全面推行\n行政许可公示制度和全过程记录制度\n重大事项审核制度的意见\n平政〔2027〕3号\n"

    plan = read_plan(text + "各镇人民政府：\n为规范许可行为，提出如下意见。\n一、总体要求\n公开透明。\n")

    assert plan.title == "平川县人民政府关于全面推行行政许可公示制度和全过程记录制度重大事项审核制度的意见"
    assert plan.issuer == "平川县人民政府"


def test_the_year_of_a_plan_glued_to_its_annex_number_settles_its_days() -> None:
    text = "附件12027年“清风护航”专项行动工作方案" + BODY.replace("2027年6月20日", "6月20日")

    (due,) = read_plan(text).deadlines

    assert due.date is not None
    assert due.date.code == "2027-06-20"


@pytest.mark.covers("S16")
def test_the_first_number_of_a_finer_list_may_follow_a_title_whose_line_break_is_lost() -> None:
    text = "三、工作任务（一）设备登记（1）制作设备卡：由办公室统一制作。（2）张贴设备卡：由各站张贴。"
    text += "（二）职责公示（1）拟定公示栏：由人事股拟定。（2）更新公示栏：由各站更新，做到随变随改、不漏一人。"
    text += "四、工作要求各站要把登记和公示当作一件事来抓。"

    assert [task.name for task in read_plan(text).tasks] == ["设备登记", "职责公示"]
