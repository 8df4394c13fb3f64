"""The self-check as a document: scores of every unit, then every open finding, for Word, PDF or Excel."""

from __future__ import annotations

from lianfang.foundation.accounts.models import User
from lianfang.foundation.documents.columns import Column, Kind, Sheet
from lianfang.foundation.documents.document import Document, section_of
from lianfang.foundation.lint.queries import current_runs
from lianfang.foundation.organisation.queries import unit_name
from lianfang.kernel.errors import Absent, Invalid
from lianfang.site.checks.counts import open_findings
from lianfang.site.checks.queries import (
    FindingLine,
    ScoreLine,
    Sought,
    finding_lines,
    narrowed,
    reach_of,
    readable_scores,
)

MOST_LINES = 5_000
"""Findings that one document holds; more than this nobody reads on paper."""
FINDINGS = Sheet(
    "findings",
    "检查结果",
    (
        Column("severity", "级别", width=6),
        Column("code", "规则", width=8),
        Column("unit", "单位", width=14),
        Column("register", "清单", width=10),
        Column("number", "编号", width=16),
        Column("heading", "字段", width=10),
        Column("message", "问题", width=40),
        Column("suggestion", "建议", width=28),
    ),
)
SCORES = Sheet(
    "scores",
    "质量得分",
    (
        Column("unit", "单位", width=20),
        Column("question", "维度", width=12),
        Column("clean", "没有问题的条目", kind=Kind.WHOLE, width=14),
        Column("objects", "检查的条目", kind=Kind.WHOLE, width=12),
        Column("per_cent", "得分（%）", kind=Kind.WHOLE, width=10),
    ),
)


def self_check_document(actor: User, sought: Sought) -> Document:
    """The last check of one unit, or of all the actor may read, with the findings that the list shows.

    Raises:
        Absent: no such unit, or its findings are not the actor's to read.
        Invalid: more findings than one document should hold.
    """
    reach = reach_of(actor, sought.unit)
    if not reach:
        raise Absent(f"没有找到编号为“{sought.unit}”的单位。", "请从单位列表中选择。")
    found = narrowed(open_findings(actor), sought)
    total = found.order_by().count()
    if total > MOST_LINES:
        raise Invalid(
            f"共有 {total} 条检查结果，超过一份文件的上限 {MOST_LINES} 条。", "请先按单位、清单或规则筛选，再导出。"
        )
    runs = current_runs(reach)
    name = unit_name(sought.unit) if sought.unit else ""
    return Document(
        title=f"{name}清单质量自查报告",
        subtitle="按准不准、全不全、深不深、程序合不合四个维度逐条检查",
        sections=(
            section_of(SCORES, map(_score, readable_scores(actor, reach)), heading="一、质量得分"),
            section_of(FINDINGS, map(_finding, finding_lines(found)), heading="二、检查发现的问题"),
        ),
        meta=(("检查日期", "、".join(sorted({run.day.isoformat() for run in runs}))), ("导出人", actor.title)),
        footer="得分＝没有错误和警告的条目权重之和÷检查过的全部条目权重之和；高、中、低风险的权重为3、2、1，其余为1。",
    )


def _score(line: ScoreLine) -> dict[str, object]:
    return {
        "unit": line.unit_name or "法规库（全局共用）",
        "question": line.question,
        "clean": line.clean if line.is_counted else None,
        "objects": line.objects if line.is_counted else None,
        "per_cent": line.per_cent,
    }


def _finding(line: FindingLine) -> dict[str, object]:
    return {
        "severity": line.severity.label,
        "code": line.finding.code,
        "unit": line.unit_name,
        "register": line.register,
        "number": line.finding.number,
        "heading": line.heading,
        "message": line.finding.message,
        "suggestion": line.finding.suggestion,
    }
