"""Negative lists, searches, risk points and scores as tables: headings, their usual spellings, cells and values."""

from __future__ import annotations

from typing import Any

from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.organisation.sheets import OF_UNIT
from lianfang.kernel.clipping import clipped
from lianfang.registers.risks.grading import SCORES as SCALE
from lianfang.registers.risks.rows import MajorHead, NoneFound, RaterCapacity, RiskDimension, Tier

_IN_WORDS = {figure: str(value) for value, figure in enumerate("一二三四五", start=1)}


def _read_scale(text: str) -> int | None:
    """1 to 5, also written 5分, 5.0 or 五; nothing for a blank cell.

    Raises:
        ValueError: anything else.
    """
    digits = text.strip().removesuffix("分").strip().removesuffix(".0")
    digits = _IN_WORDS.get(digits, digits)
    if digits in {"", "-", "—", "/"}:
        return None
    if len(digits) > 1 or not digits.isdecimal() or int(digits) not in SCALE:
        raise ValueError(f"“{clipped(text)}”不是 1 至 5 的整数。")
    return int(digits)


def _write_scale(value: object) -> str:
    return "" if value is None else str(value)


def _read_none_found(text: str) -> tuple[NoneFound, ...]:
    """Lines of ``思想道德：理由``.

    Raises:
        ValueError: a line without a known dimension or without a reason.
    """
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, reason = line.replace(":", "：", 1).partition("：")
        dimension = RiskDimension.read(name)
        if dimension is None or not reason.strip():
            raise ValueError(f"“{clipped(line)}”看不懂，请写成“思想道德：未发现的理由”，一行一个方面。")
        found.append(NoneFound(dimension, reason.strip()))
    return tuple(found)


def _write_none_found(value: object) -> str:
    entries = value if isinstance(value, tuple) else ()
    return "\n".join(f"{entry.dimension.label}：{entry.reason}" for entry in entries)


def supply_tier(values: dict[str, Any]) -> None:
    """Most lists of bureaus name no level: a line with a post belongs to the post, any other to its section (S24)."""
    if values.get("tier") is None:
        major = values.get("dimension") is RiskDimension.MAJOR or values.get("major_head") is not None
        values["tier"] = Tier.POST if values.get("post") else Tier.UNIT if major else Tier.SECTION


def _scale(field: str, heading: str, *synonyms: str, required: bool = False) -> Column:
    return Column(field, heading, synonyms, required, kind=Kind.OWN, read=_read_scale, write=_write_scale, width=8,
                  example="3", note="1 至 5 的整数")  # fmt: skip


_NUMBER = Column("number", "编号", kind=Kind.REFERENCE, width=16, note="留空由系统编号")
_UNIT = Column("unit", "单位编号", OF_UNIT, kind=Kind.REFERENCE, width=12, example="LH-WRF")
_POST = Column("post", "岗位编号", ("岗位", "岗位名称", "职务", "风险岗位"), kind=Kind.REFERENCE, width=14,
               example="LH-WRF-02", note="岗位级必填；写编号或岗位名称")  # fmt: skip
_POWER = Column("power", "职权编号", ("职权", "职权名称", "权力名称", "对应职权", "权力事项"), kind=Kind.REFERENCE,
                width=16, example="LH-WRF-P001", note="写编号或职权名称")  # fmt: skip
_DIMENSION = Column("dimension", "查找方面", ("风险类别", "风险类型", "类别", "查找方向", "维度"), kind=Kind.WORD,
                    words=RiskDimension, width=10)  # fmt: skip
_STATE = Column("state", "状态", width=10, note="只供查阅，导入时不采用")

NEGATIVES = Sheet(
    "negatives",
    "负面清单",
    (
        _NUMBER,
        Column("tier", "清单层级", ("层级", "清单级别", "清单类型"), kind=Kind.WORD, words=Tier, width=8),
        _UNIT,
        _POST,
        _DIMENSION,
        Column("major_head", "三重一大事项", ("三重一大类别",), kind=Kind.WORD, words=MajorHead, width=12),
        Column("prohibited", "禁止行为", ("负面清单", "负面清单内容", "负面清单事项", "禁止性行为", "禁止事项",
                                            "不得行为", "负面行为"),
               required=True, width=36, example="不得在检查前向企业透露检查时间和路线"),
        _POWER,
        Column("duty", "对应职责", ("岗位职责", "职责"), width=24, example="组织危险废物规范化检查"),
        Column("risk", "廉政风险", ("风险点", "存在风险", "廉洁风险"), width=28, example="泄露检查信息换取好处"),
        Column("control", "防控措施", ("措施", "防范措施"), width=32, example="检查任务当日上午由系统随机派发"),
        Column("finders", "查找人", ("查找人员", "排查人", "排查人员"), kind=Kind.NAMES, width=16, example="张科长"),
        _STATE,
    ),
)  # fmt: skip
SEARCHES = Sheet(
    "searches",
    "排查记录",
    (
        _NUMBER,
        Column("tier", "清单层级", ("层级", "排查层级"), kind=Kind.WORD, words=Tier, width=8),
        _UNIT,
        _POST,
        Column("held_on", "排查日期", ("日期", "查找日期", "排查时间"), required=True, kind=Kind.DATE, width=12,
               example="2026-07-02"),
        Column("participants", "参加人员", ("参与人员", "排查人员", "参加人"), kind=Kind.NAMES, width=32,
               example="张科长、小李", note="部门级排查应全员参加"),
        Column("none_found", "未发现风险的方面及理由", ("未发现风险的方面", "未发现理由"), kind=Kind.OWN,
               read=_read_none_found, write=_write_none_found, width=40,
               example="思想道德：近三年无信访反映，谈心谈话未发现苗头", note="一行一个方面，写成“方面：理由”"),
        Column("signed_by", "签字人", ("签字", "签名", "确认人"), width=12, example="张科长"),
    ),
)  # fmt: skip
RISKS = Sheet(
    "risks",
    "风险点",
    (
        _NUMBER,
        Column("tier", "层级", ("清单层级", "风险层级"), kind=Kind.WORD, words=Tier, width=8),
        _UNIT,
        _POST,
        _POWER,
        Column("step", "环节", ("步骤", "风险环节", "流程环节", "权力运行环节"), width=14, example="现场检查"),
        _DIMENSION,
        Column("statement", "风险点", ("廉政风险点", "廉洁风险点", "风险点描述", "风险内容", "主要风险点", "廉政风险"),
               required=True, width=32, example="执法员利用检查选取对象的裁量，为特定企业通风报信谋取好处",
               note="谁、做什么、图什么"),
        Column("manifestation", "表现形式", ("风险表现", "风险表现形式", "具体表现", "主要表现"), width=36,
               example="检查前用私人电话联系企业；被抽中的企业总是提前停产"),
        Column("causes", "成因", ("风险成因", "原因", "产生原因"), kind=Kind.ITEMS, width=28,
               example="抽取名单提前一周印发", note="一行一层原因，追问到制度"),
        Column("misconduct", "可能涉及的违纪违法情形", ("违纪违法情形", "可能后果"), width=20),
        Column("finder", "查找人", ("排查人",), width=10, example="张科长"),
        _scale("importance", "重要程度", "权力重要程度"),
        _scale("probability", "发生概率", "发生可能性"),
        _scale("harm", "危害程度", "影响程度"),
        Column("grade", "风险等级", ("等级", "级别", "风险级别", "风险级次", "定级", "廉政风险等级"), kind=Kind.GRADE,
               width=8, note="导入的等级只作参考，须经评分和审定才生效"),
        Column("floors", "底线规则", kind=Kind.NAMES, width=10),
        Column("grade_reason", "定级依据", ("评级依据",), width=24),
        Column("raters", "评分人数", kind=Kind.WHOLE, width=8),
        Column("widest_gap", "最大分差", kind=Kind.WHOLE, width=8),
        Column("graded_on", "定级日期", kind=Kind.DATE),
        Column("graded_by", "审定人", width=10),
        Column("lowering_evidence", "降级证据", width=20),
        Column("merged_into", "并入风险点", width=14, note="只供查阅，导入时不采用"),
        _STATE,
    ),
)  # fmt: skip
POST_GRADES = Sheet(
    "post_grades",
    "岗位风险等级清单",
    (
        Column("unit_name", "单位", width=16),
        Column("number", "岗位编号", kind=Kind.REFERENCE, width=14),
        Column("name", "岗位", width=20),
        Column("holders", "在岗人员", kind=Kind.NAMES, width=14),
        Column("grade", "岗位风险等级", kind=Kind.GRADE, width=10),
        Column("high", "高风险点", kind=Kind.WHOLE, width=8),
        Column("medium", "中风险点", kind=Kind.WHOLE, width=8),
        Column("low", "低风险点", kind=Kind.WHOLE, width=8),
    ),
)
"""Derived, so it is written and never read; also known as 岗位风险登记清单 (S30)."""
_SETTLED = (
    "审定等级", "审定风险等级", "审定级别", "核定等级", "核定风险等级", "评定等级", "评定风险等级", "确定等级",
    "认定等级", "最终等级", "最终风险等级", "复核等级", "审核等级", "定级结果", "评定结果", "审定结果",
)  # fmt: skip
"""How lists head the grade that was settled, after others had been proposed."""
STATED_GRADES = Sheet(
    "post_grades",
    "岗位风险等级表",
    (
        Column("number", "岗位编号", kind=Kind.REFERENCE, width=14),
        Column("unit", "单位", ("单位编号", *OF_UNIT), width=16),
        Column("post", "岗位", ("岗位名称", "岗位（职务）", "职务", "岗位职务"), width=20),
        Column("grade", "岗位风险等级",
               ("岗位廉政风险等级", "岗位等级", "风险等级", "廉政风险等级", "等级", "级别", "风险级别", *_SETTLED),
               kind=Kind.GRADE, width=10),
    ),
)  # fmt: skip
"""A list of post grades that somebody brings: held against what the risk points say, and never stored (S29)."""
RISK_GRADES = Sheet(
    "risks",
    "风险点等级表",
    (
        Column("number", "风险点编号", ("风险编号", "对应风险点编号", "廉政风险点编号", "风险点代码", "风险点编码"),
               required=True, kind=Kind.REFERENCE, width=16),
        Column("unit", "单位", ("单位编号", *OF_UNIT), width=16),
        Column("grade", "风险等级", ("等级", "级别", "风险级别", "廉政风险等级", *_SETTLED), required=True,
               kind=Kind.GRADE, width=10),
    ),
)  # fmt: skip
"""A list that says the grades of risk points by their numbers alone: the points themselves are registered."""
SCORES = Sheet(
    "scores",
    "评分表",
    (
        Column("number", "编号", kind=Kind.REFERENCE, width=24, note="留空由系统编号"),
        Column("risk", "风险点编号", ("风险点",), required=True, kind=Kind.REFERENCE, width=16, example="LH-WRF-R001"),
        Column("round", "轮次", ("评级轮次",), required=True, kind=Kind.WHOLE, width=6, example="1"),
        Column("rater", "评分人", ("评分人编号",), required=True, kind=Kind.REFERENCE, width=12, example="LH-M04"),
        Column("capacity", "评分身份", ("身份",), required=True, kind=Kind.WORD, words=RaterCapacity, width=12),
        _scale("importance", "重要程度", required=True),
        _scale("probability", "发生概率", required=True),
        _scale("harm", "危害程度", required=True),
        Column("importance_note", "重要程度依据", required=True, width=24, example="直接决定是否立案"),
        Column("probability_note", "发生概率依据", required=True, width=24, example="近两年同类科室有一起通报"),
        Column("harm_note", "危害程度依据", required=True, width=24, example="可致水源地污染"),
        Column("scored_on", "评分日期", ("日期",), required=True, kind=Kind.DATE, example="2026-07-20"),
    ),
)
GRADINGS = Sheet(
    "gradings",
    "评级",
    (
        _NUMBER,
        Column("risk", "风险点编号", required=True, kind=Kind.REFERENCE, width=16),
        Column("round", "轮次", required=True, kind=Kind.WHOLE, width=6),
        Column("rule_version", "规则版本", required=True, width=10),
        Column("least_raters", "最少评分人数", kind=Kind.WHOLE, width=8),
        Column("open_gap", "须会商的分差", kind=Kind.WHOLE, width=8),
        Column("importance", "重要程度", kind=Kind.WHOLE, width=8),
        Column("probability", "发生概率", kind=Kind.WHOLE, width=8),
        Column("harm", "危害程度", kind=Kind.WHOLE, width=8),
        Column("table_grade", "规则表等级", kind=Kind.GRADE, width=8),
        Column("floors", "底线规则", kind=Kind.NAMES, width=10),
        Column("grade", "拟定等级", ("审定等级",), kind=Kind.GRADE, width=8),
        Column("grade_before", "原等级", kind=Kind.GRADE, width=8),
        Column("widest_gap", "最大分差", kind=Kind.WHOLE, width=8),
        Column("reconciliation", "会商记录", width=28),
        Column("reason", "定级依据", width=36),
        Column("lowering_evidence", "降级证据", width=20),
        Column("exemption", "重点领域豁免理由", width=20),
        Column("approved_by", "审定人", width=12),
        Column("approved_on", "审定日期", kind=Kind.DATE, width=12),
        Column("basis", "审定依据", width=24),
        _STATE,
    ),
)
