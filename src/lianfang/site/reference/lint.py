"""Writes the reference of the lint rules from the rules themselves: one page a rule, and one table of all.

Pure text: whoever calls :func:`rule_pages` decides where the pages go. A page is made of the rule's table entry, the
four parts of its docstring, and what the engine really says about its two examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.rule import HEADINGS, Rule
from lianfang.kernel.findings import Finding
from lianfang.kernel.rows import Plain, Row, differences, field_names, plain
from lianfang.kernel.vocabulary import Word
from lianfang.programme.plans.rows import PlanRow
from lianfang.site.reference.markdown import GENERATED
from lianfang.site.rules import FAMILIES

FOLDER = "docs/reference/rules"
_STATUS = {"preview": "试行", "stable": "正式", "deprecated": "停用"}
_INTRODUCTION = (
    "每条规则一个代码，代码不再作他用。错误（E）阻止提交，警告（W）须整改或说明，提示（I）供参考；都不妨碍保存。"
    "维度：准（准不准）、全（全不全）、深（深不深）、序（程序）。阈值见[参数](../parameters.md)。"
)


def rule_pages(rules: Iterable[Rule]) -> dict[str, str]:
    """``path → Markdown text`` of every rule's page and of the index."""
    table = sorted(rules, key=lambda rule: rule.code)
    pages = {f"{FOLDER}/{rule.code}.md": rule_page(rule) for rule in table}
    return {f"{FOLDER}/README.md": index_page(table), **pages}


def rule_page(rule: Rule) -> str:
    """One rule: its weight, why it exists, how to mend what it finds, and an example on each side of the line."""
    parts = [f"# {rule.code} {rule.title}", GENERATED, _facts(rule)]
    for heading in HEADINGS:
        parts += [f"## {heading}", rule.explanation.get(heading, "")]
    parts += ["## 不合格的例子", *_example(rule), "## 合格的例子", _listing(rule.passes, rule.fails, _filled)]
    return "\n\n".join(parts) + "\n"


def index_page(table: Iterable[Rule]) -> str:
    """All rules, family by family."""
    parts = [
        "# 检查规则目录",
        GENERATED,
        _INTRODUCTION,
    ]
    for family, members in groupby(table, key=lambda rule: rule.family):
        lines = ["| 代码 | 名称 | 严重程度 | 维度 | 检查对象 | 来源 |", "| --- | --- | --- | --- | --- | --- |"]
        lines += [
            f"| [{rule.code}]({rule.code}.md) | {rule.title} | {rule.severity.label} {rule.severity} "
            f"| {rule.dimension} | {_subject(rule)} | {'、'.join(rule.sources)} |"
            for rule in members
        ]
        parts += [f"## {family} {FAMILIES[family]}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _facts(rule: Rule) -> str:
    reads = "、".join(register.label for register in rule.reads) or "逐条检查，不需要其他清单"
    facts = {
        "严重程度": f"{rule.severity.label}（{rule.severity}）",
        "维度": str(rule.dimension),
        "检查对象": _subject(rule),
        "需要的清单": reads,
        "状态": _STATUS[rule.status],
    }
    return "\n".join(("| | |", "| --- | --- |", *(f"| {name} | {fact} |" for name, fact in facts.items())))


def _subject(rule: Rule) -> str:
    return rule.subject.label if rule.subject else "各清单"


def _example(rule: Rule) -> Iterator[str]:
    """The failing rows, and what is said about them."""
    yield _listing(rule.fails, rule.passes, _changed)
    report = run((rule,), rule.example(rule.fails))
    said = [f"> {finding.number or '全局'}：{finding.message}{_advice(finding)}" for finding in report.findings]
    yield "系统报告：\n\n" + "\n>\n".join(said)


def _advice(finding: Finding) -> str:
    return f"建议：{finding.suggestion}" if finding.suggestion else ""


def _listing(rows: Iterable[Row], against: Iterable[Row], shown: Callable[[Row, Row], str]) -> str:
    """Rows as a list; those that stand unchanged on the other side are only named."""
    others = {(row.kind, row.number): row for row in against}
    lines, same = [], []
    for row in rows:
        other = others.get((row.kind, row.number))
        if other == row:
            same.append(f"{row.label} `{row.number}`")
        else:
            said = _quoted(row) if isinstance(row, PlanRow) else shown(row, other) if other else _filled(row)
            lines.append(f"- {row.label} `{row.number}`：{said}")
    if same:
        lines.append(f"- 两个例子都有，不再重复：{'、'.join(same)}")
    return "\n".join(lines).rstrip()


def _quoted(plan: PlanRow) -> str:
    """A plan is its text; what was read from it follows."""
    return "\n\n" + "\n  >\n".join(f"  > {line}" for line in plan.text.strip().splitlines()) + "\n"


def _changed(row: Row, other: Row) -> str:
    changes = differences(other, row)
    return "；".join(f"{_heading(row, change.field)}改为“{_word(row, change.field)}”" for change in changes)


def _filled(row: Row, _other: Row | None = None) -> str:
    names = [name for name in field_names(type(row)) if name not in {"number", "version"}]
    filled = [name for name in names if getattr(row, name)]
    return "；".join(f"{_heading(row, name)}：{_word(row, name)}" for name in filled)


def _heading(row: Row, field: str) -> str:
    headings: dict[str, str] = getattr(row, "headings", {})
    return headings.get(field, field)


def _word(row: Row, field: str) -> str:
    value = getattr(row, field)
    if isinstance(value, tuple):
        return "、".join(_one(item) for item in value) or "（空）"
    return _one(value)


def _one(value: object) -> str:
    if isinstance(value, Word):
        return value.label
    if type(value).__str__ is not object.__str__ and not isinstance(value, bool):
        return str(value) or "（空）"
    return _shown(plain(value))


def _shown(value: Plain) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(_shown(item) for item in value.values() if item)
    return "（空）" if value is None or value == "" else str(value)
