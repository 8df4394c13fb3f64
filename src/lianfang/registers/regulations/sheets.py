"""The list of regulations as a table; a test of S35 is one cell: ``通过：说明`` or ``不通过：说明``."""

from __future__ import annotations

import re

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.organisation.sheets import OF_UNIT
from lianfang.registers.regulations.rows import CauseCode, ChangeKind, Mechanism, TestResult

_VERDICTS = {"通过": True, "是": True, "符合": True, "不通过": False, "否": False, "不符合": False, "未评": None}
_CELL = re.compile(r"(?P<verdict>不?通过|不?符合|是|否|未评)\s*(?:[：:，,]\s*(?P<note>.*))?", re.DOTALL)


def read_test(text: str) -> TestResult:
    """One test as its cell says it; an empty cell is a test that nobody has made.

    Raises:
        ValueError: the cell does not begin with a verdict.
    """
    wording = text.strip()
    if wording in {"", "—", "/", "无"}:
        return TestResult()
    found = _CELL.fullmatch(wording)
    if not found:
        raise ValueError(f"“{wording[:20]}”没有写明结论：应写成“通过：说明”或“不通过：说明”。")
    return TestResult(_VERDICTS[found["verdict"]], (found["note"] or "").strip())


def write_test(value: object) -> str:
    """The cell that ``read_test`` reads back."""
    if not isinstance(value, TestResult) or value == TestResult():
        return ""
    verdict = {True: "通过", False: "不通过", None: "未评"}[value.passed]
    return f"{verdict}：{value.note}" if value.note else verdict


def _test(field: str, heading: str, question: str) -> Column:
    return Column(
        field, heading, (f"{heading}评估", f"{heading}审查"), kind=Kind.OWN, read=read_test, write=write_test,
        width=24, example="通过：没有发现给部门设权的条款", note=f"{question}写“通过：说明”或“不通过：说明”",
    )  # fmt: skip


REGULATIONS = Sheet(
    "regulations",
    "制度清单",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=16, example="LH-WRF-G001", note="留空由系统编号"),
        Column("unit", "单位编号", ("科室编号", "责任科室编号", "起草单位编号", "制定部门", "制定科室",
                                    "起草部门", "起草科室", "责任部门", "责任科室", "责任股室", "归口部门", "归口科室",
                                    "制定股室", *OF_UNIT),
               kind=Kind.REFERENCE, width=12, example="LH-WRF"),
        Column("title", "制度名称", ("规章制度名称", "制度文件名称", "制度", "名称"), required=True, width=30,
               example="危险废物现场检查工作规范"),
        Column("document_number", "文号", ("发文字号",), width=20, example="临环〔2026〕12号"),
        Column("change", "评估结论", ("处理意见", "废改立意见", "清理意见", "清理结果"), kind=Kind.WORD,
               words=ChangeKind, example="修订"),
        Column("powers", "覆盖职权", ("对应职权", "职权编号", "配套职权"), kind=Kind.REFERENCES, width=24,
               example="LH-WRF-P001、LH-WRF-P002", note="写职权编号，也可以写职权名称"),
        Column("mechanism", "机制类别", ("机制",), kind=Kind.WORD, words=Mechanism, width=14,
               note="属于六项机制之一的才填"),
        Column("cause", "失效原因", ("监督失效原因", "原因"), kind=Kind.WORD, words=CauseCode, width=16,
               note="现有制度没有管住权力的，写明原因"),
        Column("evaluation", "评估说明", ("评估意见",), width=36,
               example="抽查 12 份检查记录，4 份没有当事人签字，制度没有规定由谁补正"),
        _test("integrity_test", "廉洁性", "有没有给部门或个人留下谋利空间？"),
        _test("reason_test", "合理性", "合不合上位法，办不办得到？"),
        _test("effect_test", "有效性", "管不管得住所针对的风险？"),
        Column("basis", "制定依据", ("依据",), kind=Kind.ITEMS, width=30, example="《排污许可管理条例》第二十五条",
               note="每行一条"),
        Column("effective_on", "施行日期", ("生效日期", "实施日期"), kind=Kind.DATE),
        Column("accountability", "责任追究条款", ("追责条款",), width=30,
               example="第十八条　检查人员泄露检查行程的，调离执法岗位，并按规定追究责任"),
        Column("replaces", "替代制度", ("被替代制度编号",), kind=Kind.REFERENCE, width=16,
               note="新制度施行时，所替代的旧制度同时废止"),
        Column("state", "状态", kind=Kind.TEXT, width=10, note="只供查阅，导入时不采用"),
    ),
)  # fmt: skip
