"""Taking in a bureau's own workbook, two people over one power, and files that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.journeys.desk import Desk
from tests.journeys.site import Site

pytestmark = pytest.mark.browser
Enter = Callable[[str], Desk]
STATION = {
    "编号": "",
    "单位编号": "CH-JCZ",
    "职权编码": "",
    "职权名称": "环境空气自动站运行维护检查",
    "职权内容": "检查辖区自动站的巡检、校准和数据报送",
    "法律依据": "《生态环境监测条例》第四条",
    "行使条件": "每月一次，数据异常时随时检查",
    "行使程序": "1.现场巡检（采样岗）【薄弱环节：校准记录可以事后补填】\n2.数据复核（质量审核岗）",
    "办理期限": "3个工作日（自现场巡检之日起）",
    "监督方式": "巡检轨迹月底传市监测中心；社会公众可以在数据发布平台反映",
    "职权类别": "行政检查",
    "重点领域": "环境监测",
    "裁量程度": "2",
}
"""One power as the station writes it in a workbook of its own."""


def upload(desk: Desk, file: Path) -> None:
    """Have a file checked."""
    desk.open("/import/")
    desk.page.locator("input[type=file]").set_input_files(file)
    desk.send("检查文件")


def test_a_workbook_is_checked_first_and_stored_only_when_confirmed(enter: Enter, site: Site, tmp_path: Path) -> None:
    coordinator, station = enter("coordinator"), enter("station")
    added = tmp_path / "监测站权力清单.xlsx"
    book = load_workbook(site.papers / "权力清单_CH-HPK.xlsx")
    sheet = book.worksheets[0]
    texts = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    first = next(place for place, row in enumerate(texts, start=1) if row[0].startswith("CH-HPK-P"))
    headings = texts[first - 2]
    sheet.delete_rows(first + 1, sheet.max_row)
    for heading, text in STATION.items():
        sheet.cell(first, headings.index(heading) + 1).value = text
    book.save(added)

    upload(coordinator, added)

    coordinator.sees("新增 1 条")
    coordinator.sees("还没有写入任何内容")
    coordinator.picture("import-preview")
    station.open("/powers/?q=自动站运行维护")
    station.misses("环境空气自动站运行维护检查")
    coordinator.page.get_by_role("button", name="确认导入").click()
    coordinator.page.wait_for_load_state()
    station.open("/powers/?q=自动站运行维护")
    station.sees("环境空气自动站运行维护检查")
    station.sees("填报中")


@pytest.mark.parametrize(("name", "content"), [("笔记.txt", "今天开会。"), ("损坏.xlsx", "PK\x03\x04 not a workbook")])
def test_a_wrong_file_is_answered_in_words_and_stores_nothing(
    enter: Enter, tmp_path: Path, name: str, content: str
) -> None:
    clerk = enter("clerk")
    wrong = tmp_path / name
    wrong.write_text(content, encoding="utf-8")

    upload(clerk, wrong)

    clerk.misses("确认导入")
    assert any(word in clerk.main.inner_text() for word in ("没有认出任何清单", "不能读", "无法", "打不开", "损坏"))


def test_the_second_of_two_editors_is_shown_the_first_ones_change_and_loses_nothing(enter: Enter) -> None:
    clerk, head = enter("clerk"), enter("head")
    for person in (clerk, head):
        person.open("/powers/CH-WRF-P016/edit/")
    head.fill({"remark": "请先与市局固体废物中心核对备案平台的栏目。"})
    head.send("保存")

    clerk.fill({"supervision": "备案数据每年七月在分局网站公布"})
    clerk.send("保存")

    clerk.sees("污染防治科 曹科长")
    clerk.sees("请先与市局固体废物中心核对")
    clerk.picture("two-editors")
    field = clerk.page.locator("[name=supervision]")
    assert field.input_value() == "备案数据每年七月在分局网站公布"
    clerk.send("保存")
    clerk.sees("备案数据每年七月在分局网站公布")


def test_every_role_has_a_first_page_that_a_camera_can_show(enter: Enter) -> None:
    for login, picture in (
        ("head", "desk-of-the-head"),
        ("deputy", "desk-of-the-deputy"),
        ("secretary", "desk-of-the-secretary"),
        ("coordinator", "desk-of-the-coordinator"),
        ("legal", "desk-of-the-reviewer"),
        ("commission", "desk-of-the-commission"),
    ):
        desk = enter(login)
        desk.open("/")
        desk.sees("我的工作")
        desk.picture(picture)


def test_the_pages_that_explain_findings_can_be_shown(enter: Enter) -> None:
    head = enter("head")
    for path, picture in (
        ("/checks/", "findings"),
        ("/checks/rules/CTL002/", "rule"),
        ("/plans/", "plans"),
        ("/risks/matrix/", "matrix"),
        ("/import/", "import"),
    ):
        head.open(path)
        head.picture(picture)
    head.open("/checks/")
    head.page.locator("tbody a").nth(2).click()
    head.page.wait_for_load_state()
    head.sees("怎么改")
    head.picture("finding")
