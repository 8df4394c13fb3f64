"""Chinese words for the OpenAPI description: fields from the headings of the Rows, codes from the vocabularies."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.parameters.rows import AdjustmentRow
from lianfang.foundation.web.once import KEY, LONGEST_KEY
from lianfang.kernel.lifecycle import labels
from lianfang.programme.plans.forms import REQUIREMENTS
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow, ReceiptRow, SubmissionRow
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.rows import Due
from lianfang.registers.controls.rows import LedgerRow, SnapshotRow
from lianfang.site.registers import REGISTERS

Schema = dict[str, Any]
ROWS: tuple[type[Any], ...] = (
    *(register.row for register in REGISTERS),
    *(LedgerRow, SnapshotRow, ProgrammeRow, ProgrammeStageRow, DeliverableRow, SubmissionRow, ReceiptRow),
    *(WaiverRow, CheckRunRow, AdjustmentRow),
)
WORDS = {
    "added": "上级没有要求、本方案另有的",
    "allowed": "可以填的范围",
    "amount": "数量",
    "anchor": "在核对页上的位置",
    "approver": "批准人",
    "article": "条文号",
    "articles": "条文",
    "basis": "依据",
    "before": "上一次审定的等级",
    "candidates": "可以评分的人",
    "capacities": "可以担任的评分身份",
    "capacity": "评分身份",
    "card_or_clue": "24 个月内有警示卡或经核实的线索（底线 F3）",
    "category": "职权类别",
    "cites": "落实上级方案的哪几项（编号）",
    "clean": "没有问题的条目数",
    "closed": "包括已撤销的",
    "code": "规则代码",
    "completeness": "八要素是否齐全",
    "cycle": "周期",
    "cycle_year": "年度",
    "day": "按哪一天，不填为今天",
    "days": "天数（过了期限的，或者还剩的）",
    "default": "默认值",
    "deliverables": "报送材料",
    "details": "逐条说明",
    "dimension": "维度",
    "document_number": "文号",
    "due": "期限",
    "effective_on": "施行日期",
    "end": "止",
    "every": "每次的时间",
    "exact": "总数是否精确（很长的清单只数到一万）",
    "exemption": "重点领域豁免理由",
    "expires": "有效期至",
    "family": "控制类别",
    "field": "字段",
    "filled": "写实的要素数",
    "findings": "检查结果",
    "floors": "底线规则",
    "gaps": "没有写实的要素",
    "given": "已经评分的人数",
    "gone": "包括已离开的",
    "grade": "等级",
    "grading": "评级编号",
    "harm": "危害程度",
    "harm_note": "危害程度的依据",
    "has_scored": "是否已经评分",
    "heading": "字段的中文名称",
    "idempotency-key": "自定的键（例如 UUID）；一天内用同一个键重发同一内容，只办理一次，回答与第一次相同",
    "if-match": "读到的内容指纹（ETag）；没有的回答 428，别人改过的拒绝覆盖（409）",
    "importance": "重要程度",
    "importance_note": "重要程度的依据",
    "in_force_from": "生效日期",
    "inclusive": "含当日",
    "incompatible": "存在未解决的不相容职务（底线 F4）",
    "into": "并入的风险点编号",
    "item": "本方案的哪一项",
    "key": "检查结果的键，重新检查后改变",
    "kind": "所属清单，如 powers、risks",
    "late": "是否晚于上级的期限",
    "leaving": "被更换的评分人编号",
    "level": "效力层级",
    "likely": "可能落实它的一项，由人认定",
    "lines": "各行",
    "lowering_evidence": "降级证据",
    "may_score": "当前账户可以评分",
    "mechanism": "机制类别",
    "message": "说明",
    "name": "名称",
    "needs_minutes": "审定须填会议纪要编号",
    "needs_reconciliation": "须先会商",
    "note": "说明",
    "number": "编号",
    "objects": "检查的条目数",
    "obligation": "上级的要求",
    "on": "日期",
    "ordinal": "序号",
    "origin": "由谁规定",
    "own": "本人的评分",
    "page": "页码，从 1 起",
    "pages": "总页数",
    "parameter": "参数代码",
    "parent": "上级单位编号",
    "passed": "是否通过",
    "per_cent": "得分（%）",
    "person": "人员编号",
    "policy": "遇休息日",
    "post": "岗位编号",
    "post_name": "岗位名称",
    "power": "职权编号",
    "probability": "发生概率",
    "probability_note": "发生概率的依据",
    "proposer": "提出人",
    "q": "要查的词",
    "rank": "岗位层级",
    "raters": "评分人编号 → 身份",
    "reason": "理由",
    "receivers": "接收单位（原文）",
    "record": "会商记录",
    "remedy": "怎么办",
    "replaced_by": "替代法规编号",
    "responsibility": "责任类型（两个责任）",
    "risk": "风险点编号",
    "round": "轮次",
    "row": "登记内容",
    "rows": "各条",
    "rule_title": "规则名称",
    "runs": "各局最近一次检查",
    "said": "说法，如“逾期3天”",
    "score": "评分（全部评分人评完以前为空）",
    "seats": "评分人",
    "section": "所在部分",
    "settled": "人工认定的报送单位名称",
    "severity": "级别：E 错误，W 警告，I 提示",
    "shown": "数值和单位",
    "snapshot": "台账快照",
    "source_name": "来源文件名",
    "span": "在原文中的位置",
    "spared": "不报的单位",
    "stage": "阶段序号",
    "stages": "阶段",
    "standing": "筛选：in-force 现行有效，repealed 已废止，coming 尚未施行",
    "start": "起",
    "state": "状态",
    "step": "步骤",
    "submissions": "报送",
    "submitted_on": "报送日期",
    "submitter": "报送单位（原文）",
    "successor_article": "新法条文号",
    "successor_law": "新法编号",
    "suggested": "建议的评分人 → 身份",
    "suggestion": "按规则得出的建议",
    "table": "规则表等级",
    "taken_up": "由本方案哪几项落实",
    "text": "文字",
    "tier": "层级",
    "timing": "与期限相比",
    "timings": "各份材料与期限相比",
    "topic": "内容",
    "total": "总数",
    "unit": "单位编号",
    "unit_kind": "单位类型",
    "unit_name": "单位名称",
    "units": "单位编号",
    "value": "数值（选项为代码）",
    "verified": "已核验（筛选：yes 或 no）",
    "version": "读到的版本号",
    "waived": "已豁免",
    "waiver": "豁免编号",
    "weak_link": "薄弱环节的原因",
    "what": "做什么",
    "why": "为什么不算",
    "workdays": "按工作日计",
}
"""What fields and parameters are called that stand in no register; a test demands that none is left out."""
KEYED = {
    "name": KEY,
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": WORDS["idempotency-key"],
}
"""The header that every POST may carry."""
ANSWERS = {
    "401": "没有登录，或者登录已经到期。",
    "403": "没有这项权限，或者写入时没有带安全凭据（X-CSRFToken）。",
    "404": "没有这一条，或者不在您的授权范围内；两种情况回答相同。",
    "409": "别人已经改过，或者当前状态不能办理，或者同一次提交还在办理。",
    "422": "内容不合要求，逐条说明在 details。",
    "428": "修改没有说明是照着哪个样子改的：有版本号的写 version，没有的带 If-Match。",
}
NEVER_TO = {"get": ("409", "422", "428"), "post": ("428",)}
"""Answers that reading and making never get."""
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "出错时的回答：代码、一句说明、怎么办、逐条说明。",
    "properties": {
        "code": {"type": "string", "description": "refused、absent、conflict、unmarked、invalid 或 broken"},
        "message": {"type": "string", "description": WORDS["message"]},
        "remedy": {"type": "string", "description": WORDS["remedy"]},
        "details": {"type": "array", "items": {"type": "string"}, "description": WORDS["details"]},
    },
    "required": ["code", "message", "remedy", "details"],
}


def describe(schema: Schema) -> None:
    """Write Chinese words into an OpenAPI description; summaries are those that the doors give."""
    parts = schema["components"]["schemas"]
    rows, vocabularies = {row.__name__: row for row in ROWS}, _vocabularies()
    for name, part in parts.items():
        if name in vocabularies:
            codes = dict(REQUIREMENTS) if vocabularies[name] is Due else labels(vocabularies[name])
            part["description"] = "；".join(f"{code} {label}" for code, label in codes.items())
        else:
            _describe_fields(part, rows.get(name))
    parts["Problem"] = PROBLEM
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _describe_operation(method, operation)


def _describe_fields(part: Schema, row: type[Any] | None) -> None:
    headings: dict[str, str] = row.headings if row else {}
    part.pop("description", None)
    if row:
        part["description"] = row.label
    for name, field in part.get("properties", {}).items():
        field.pop("title", None)
        field["description"] = headings.get(name) or WORDS.get(name, "")


def _describe_operation(method: str, operation: Schema) -> None:
    operation["description"] = f"{operation['summary']}。"
    for parameter in operation.get("parameters", ()):
        parameter["schema"].pop("title", None)
        parameter["description"] = WORDS.get(parameter["name"].lower(), "")
        parameter["required"] = parameter["required"] or parameter["name"] == "If-Match"
    if method == "post":
        operation["parameters"] = [*operation.get("parameters", ()), KEYED]
    refusals = [code for code in ANSWERS if code not in NEVER_TO.get(method, ())]
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, response in operation["responses"].items():
        response["description"] = "已建立。" if str(status) == "201" else "完成。"
    operation["responses"] |= {code: {"description": ANSWERS[code], "content": answer} for code in refusals}


def _vocabularies() -> dict[str, type[enum.StrEnum]]:
    return {words.__name__: words for words in _below(enum.StrEnum)}


def _below(words: type[enum.StrEnum]) -> Iterator[type[enum.StrEnum]]:
    for narrower in words.__subclasses__():
        yield narrower
        yield from _below(narrower)
