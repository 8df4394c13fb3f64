"""Measures, tests and the ledger as tables."""

from __future__ import annotations

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.kernel.responsibilities import Responsibility
from lianfang.registers.controls.rows import BasisType, ControlFamily, ControlKind, Frequency, Verdict

OF_FREQUENCY = ("执行频次", "频率", "完成频次", "检查频次", "措施频次", "实施频次", "执行频率")
OF_EVIDENCE = (
    "凭证",
    "证据",
    "工作痕迹",
    "留痕材料",
    "工作留痕",
    "佐证材料",
    "印证材料",
    "痕迹材料",
    "留痕资料",
    "留痕",
)

CONTROLS = Sheet(
    "controls",
    "防控措施",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=18, note="留空由系统编号"),
        Column("risk", "风险点编号", ("对应风险点编号",), required=True, kind=Kind.REFERENCE, width=16,
               example="LH-WRF-R001"),
        Column("unit", "单位编号", kind=Kind.REFERENCE, note="留空取风险点所在单位"),
        Column("family", "控制类别", ("控制方法", "控制类型"), kind=Kind.WORD, words=ControlFamily, width=18),
        Column("control_kind", "作用", ("控制环节", "事前事中事后"), kind=Kind.WORD, words=ControlKind, width=8),
        Column("actor", "执行岗位", ("执行人岗位",), width=16, example="危险废物监管岗"),
        Column("action", "具体措施", ("防控措施", "措施内容", "具体防控措施", "防范措施", "控制措施"),
               required=True, width=40,
               example="检查结束当日上传影像，科长次日抽查，缺一张退回重拍"),
        Column("frequency", "频次", OF_FREQUENCY, kind=Kind.WORD, words=Frequency, width=8),
        Column("evidence", "留痕凭证", OF_EVIDENCE, width=20, example="影像目录、抽查登记表"),
        Column("owner", "责任人", ("责任人编号", "落实人", "防控责任人"), kind=Kind.REFERENCE, width=12),
        Column("supervisor", "监督人", ("监督人编号", "复核人"), kind=Kind.REFERENCE, width=12),
        Column("responsibility", "责任类型", ("两个责任", "责任类别"), kind=Kind.WORD, words=Responsibility, width=10,
               note="主体责任或者监督责任"),
        Column("grade_at_design", "设计时风险等级", kind=Kind.GRADE, width=8),
        Column("basis_type", "依据类型", kind=Kind.WORD, words=BasisType, width=10),
        Column("basis", "依据", ("措施依据",), width=24),
        Column("state", "状态", width=10, note="只供查阅，导入时不采用"),
    ),
)  # fmt: skip
CARRIED = Sheet(
    "risks",
    "风险点清单里的防控措施",
    (
        Column("action", "具体措施", ("防控措施", "具体防控措施", "防范措施", "控制措施"), required=True, many=True),
        Column("actor", "执行岗位", ("执行人岗位", "落实岗位")),
        Column("frequency", "频次", OF_FREQUENCY, kind=Kind.WORD, words=Frequency),
        Column("evidence", "留痕凭证", OF_EVIDENCE),
        Column("owner", "责任人", ("落实人", "防控责任人", "责任岗位"), kind=Kind.REFERENCE),
        Column("supervisor", "监督人", ("监督责任人", "监督人员", "监督领导", "监督责任领导", "复核人"),
               kind=Kind.REFERENCE),
    ),
)  # fmt: skip
"""What a list of risk points says of its measures (S42): the columns that such lists add to those of the risks.

Its kind is that of the list, whose general words for measures, owners and leaders it shares.
"""
TESTS = Sheet(
    "control_tests",
    "措施检验",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=18, note="留空由系统编号"),
        Column("control", "措施编号", required=True, kind=Kind.REFERENCE, width=18),
        Column("tested_on", "检验日期", ("评估日期",), required=True, kind=Kind.DATE),
        Column("tester", "检验人", ("评估人",), required=True, kind=Kind.REFERENCE),
        Column("verdict", "结论", ("检验结论",), required=True, kind=Kind.WORD, words=Verdict),
        Column("design", "设计有效性", kind=Kind.WHOLE, width=8, note="0 无效，1 部分有效，2 有效"),
        Column("operation", "执行有效性", kind=Kind.WHOLE, width=8, note="0 没有执行，1 部分执行，2 一贯执行"),
        Column("note", "检验情况", width=40),
        Column("evidence", "检验凭证", width=24),
    ),
)
LEDGER = Sheet(
    "ledger",
    "廉政风险防控措施台账",
    (
        Column("number", "序号", kind=Kind.REFERENCE, width=6),
        Column("unit", "单位", width=12),
        Column("post", "岗位", width=14),
        Column("duty", "岗位职责", width=28),
        Column("risk", "风险点编号", kind=Kind.REFERENCE, width=14),
        Column("statement", "风险点", width=28),
        Column("manifestation", "表现形式", width=28),
        Column("grade", "风险等级", kind=Kind.GRADE, width=8),
        Column("controls", "具体防控措施", kind=Kind.ITEMS, width=40),
        Column("owners", "责任人", kind=Kind.NAMES, width=14),
        Column("remark", "备注", width=20),
    ),
)
