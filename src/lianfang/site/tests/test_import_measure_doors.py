"""Lists of risk points with their measures at the other doors: the sample on the page, and the command line."""

from __future__ import annotations

import json
from pathlib import Path

from lianfang.conftest import Cast
from lianfang.foundation.web.tests.sending import SignIn
from lianfang.site.tests.test_command_line import lianfang
from lianfang.site.tests.test_import_doors import upload
from lianfang.site.tests.test_import_measures import HEAD, LINES, workbook_of
from lianfang.site.tests.test_import_unread import text_of

UNITS = "单位编号,单位名称,单位类型\nSL,水利局,局\nSL-ZH,综合科,科室\n"
LEDGER = (
    "风险点,风险等级,防控措施,责任人,完成时限\n"
    "透露抽查名单换取好处,高,1.当日随机派发；2.次日抽查影像,经办人,2027年3月底\n"
    "少记数量收受好处,中,每季度抽查十份,,\n"
)


def paper(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_sample_shows_where_words_that_name_nobody_went(cast: Cast, sign_in: SignIn) -> None:
    page = text_of(upload(sign_in(cast.head), workbook_of(HEAD, LINES)))

    assert "编号 风险点编号 单位编号 执行岗位 具体措施 责任人 监督人" in page
    assert "办理人（责任领导：分管局长）" in page


def test_the_command_line_stores_both_and_warns_of_the_columns_left(tmp_path: Path) -> None:
    home = tmp_path / "home"
    lianfang(home, "org", "import", paper(tmp_path, "单位.csv", UNITS))
    file = paper(tmp_path, "台账.csv", LEDGER)

    first = lianfang(home, "import", file, "--unit", "SL-ZH", "--format", "json")
    again = lianfang(home, "import", file, "--unit", "SL-ZH", "--format", "json")

    told = [(table["register"], table["created"]) for table in json.loads(first.stdout)[0]["tables"]]
    assert told == [("风险点", 2), ("防控措施", 3)]
    assert [column["column"] for column in json.loads(first.stdout)[0]["tables"][0]["unread"]] == ["完成时限"]
    assert [table["unchanged"] for table in json.loads(again.stdout)[0]["tables"]] == [2, 3]


def test_a_file_that_is_only_checked_hears_of_its_measures_at_their_cells(tmp_path: Path) -> None:
    home = tmp_path / "home"
    lianfang(home, "org", "import", paper(tmp_path, "单位.csv", UNITS))

    said = lianfang(home, "lint", paper(tmp_path, "台账.csv", LEDGER), "--unit", "SL-ZH", "--format", "json")

    found = [(one["code"], one["place"]) for one in json.loads(said.stdout)]
    cells = {code: str(place) for code, place in reversed(found)}
    assert "D2" in cells["IMP039"]
    assert [str(place).count("C2") for code, place in found if code == "CTL002"] == [1, 1, 0]


def test_reading_a_sheet_tells_which_columns_go_to_the_measures(tmp_path: Path) -> None:
    file = paper(tmp_path, "台账.csv", LEDGER)

    (taken,) = json.loads(lianfang(tmp_path, "sheet", "read", file, "--format", "json").stdout)["imports"]
    shown = lianfang(tmp_path, "sheet", "read", file).stdout

    assert taken["columns"]["防控措施"] == {"field": "action", "heading": "具体措施", "register": "controls"}
    assert taken["columns"]["责任人"] == {"field": "owner", "heading": "责任人", "register": "controls"}
    assert [column["column"] for column in taken["unread"]] == ["完成时限"]
    assert "防控措施：具体措施" in shown
