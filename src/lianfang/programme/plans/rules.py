"""What is wrong with a plan as read: the table of all rules, and those about its wording (DOC001, DOC002, DOC004)."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator

from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.programme.plans.calendar_rules import (
    date_that_is_none,
    deadline_outside_stage,
    due_on_rest_day,
    stage_without_dates,
    stages_gap_or_overlap,
    year_against_the_title,
)
from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.rows import NamedText, PlanRow, Span
from lianfang.programme.plans.said import found_in


def list_under_two_names(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """DOC002.

    检查什么：同一份清单、台账在文中是否有几种相近的名称。开头和末尾相同、只差中间几个字的，视为同一份。
    为什么：名称不一，各单位会交成两份不同的材料，汇总时对不上。
    怎么改：全文统一为一种名称；确实是两份清单的，忽略本条。
    来源：S30、S87。
    """
    for plan in plans:
        for names in _clusters(plan.lists):
            usual = max(names, key=lambda name: (len(names[name]), -names[name][0].span.start))
            other = min((names[name][0] for name in names if name != usual), key=lambda mention: mention.span.start)
            told = "、".join(f"“{name}”（{len(found)}处）" for name, found in names.items())
            yield found_in(plan, other.span, "清单名称", f"同一清单疑有{len(names)}种名称：{told}，请统一。", usual)


_ALIKE = 0.55
_SHARED_START = 2
_MOST_NAMES = 40


def _clusters(mentions: Iterable[NamedText]) -> list[dict[str, list[NamedText]]]:
    """Names that look like one another, each with its mentions; a name joins the first group it resembles."""
    by_name: dict[str, list[NamedText]] = {}
    for mention in mentions:
        by_name.setdefault(mention.text, []).append(mention)
    buckets: dict[str, list[str]] = {}
    for name in by_name:
        buckets.setdefault(name[:_SHARED_START] + name[-2:], []).append(name)
    groups = [group for bucket in buckets.values() for group in _grouped(bucket[:_MOST_NAMES], by_name)]
    return [{name: by_name[name] for name in group} for group in groups if len(group) > 1]


def _grouped(names: list[str], known: Container[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    for name in names:
        near = [group for group in groups if any(_same_list(name, other, known) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([*(other for group in near for other in group), name])
    return groups


def _same_list(first: str, second: str, known: Container[str]) -> bool:
    """Same beginning, same head word, alike in between, and the beginning is no mere qualifier of two other lists."""
    shared = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    if shared < _SHARED_START or first[-2:] != second[-2:]:
        return False
    if _stands_alone(first[shared:], second[shared:], known):
        return False
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (first, second))
    return 2 * len(a & b) >= _ALIKE * (len(a) + len(b))


def _stands_alone(first: str, second: str, known: Container[str]) -> bool:
    """“防控权力清单” and “防控负面清单” are two lists when 权力清单 and 负面清单 are lists of their own."""
    return any(rest in known and len(rest) > 3 for rest in (first, second))


_CONFUSED: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"(?<=[前来年期体]|[上下内外])于(?=(?:长远|长期|整体|全局|下级|外部|平时|重点)相?(?:结合|统一))"),
        "于",
        "与",
    ),
    (re.compile(r"行程(?=[^,，。；;]{0,6}(?:机制|制度|合力|体系|格局|氛围|管理|共识|报告|材料|清单))"), "行程", "形成"),
    (re.compile(r"属实(?=[各科]|单位)"), "属实", "局属"),
    (re.compile(r"布署"), "布署", "部署"),
    (re.compile(r"(?<=[实步])聚(?=[:：(（一二三]|$)"), "步聚", "步骤"),
    (re.compile(r"既使"), "既使", "即使"),
    (re.compile(r"坐谈"), "坐谈", "座谈"),
    (re.compile(r"台帐"), "台帐", "台账"),
    (re.compile(r"(?<=[监督])察查"), "察查", "查"),
    (re.compile(r"截止(?=(?:\d{4}年)?\d{1,2}月)"), "截止", "截至"),
)


def confused_word(plans: Iterable[PlanRow]) -> Iterator[Finding]:
    """DOC004.

    检查什么：同音、近形的常见误字，如“行程常态管理”（形成）、“当前于长远结合”（与）、“属实各科室”（局属）、“布署”（部署）。
    为什么：误字会改变意思，录入和检索时也找不到。
    怎么改：核对原件后改正；原文如此的引用保留原样。
    来源：S87。
    """
    for plan in plans:
        for pattern, wrong, right in _CONFUSED:
            for match in pattern.finditer(plan.text):
                span = Span(match.start(), match.end())
                around = plan.text[max(0, span.start - 4) : span.end + 6].split("\n")[0]
                yield found_in(plan, span, "文字", f"“{around}”中的“{wrong}”疑为“{right}”之误。", right)
        for match in _CONTROL.finditer(plan.text):
            right = _family_inside(match.group())
            if right:
                span = Span(match.start(), match.end())
                yield found_in(plan, span, "文字", f"“{match.group()}”与规范名称“{right}”不一致，请核对。", right)


_FAMILIES = ("不相容职务分离控制", "授权审批控制", "会计系统控制", "财产保护控制", "预算控制", "绩效考评控制")
"""The six families of controls (S78, S79; 财会〔2012〕21号)."""
_CONTROL = re.compile(r"(?<=[、,，和及与])[\u4e00-\u9fff]{2,12}?控制(?=[、,，。；;和及与等])")
_MOST_INSERTED = 2


def _family_inside(term: str) -> str:
    """The family whose name is ``term`` without one or two characters; empty for a right name and for other terms."""
    for family in _FAMILIES:
        extra = len(term) - len(family)
        left = iter(term)
        same_ends = term[:2] == family[:2] and term[-2:] == family[-2:]
        if 0 < extra <= _MOST_INSERTED and same_ends and all(char in left for char in family):
            return family
    return ""


_NUMBER = re.compile(r"(?P<open>[\[［(（【﹝〔])(?P<year>(?:19|20)\d{2})[\]］)）】﹞〕](?P<di>第?)(?P<no>\d{1,5})号")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def _misspelled_numbers(plan: PlanRow) -> Iterator[Finding]:
    """DOC001 for 发文字号: six-cornered brackets, no 第, no leading zeros (GB/T 9704, S87)."""
    for match in _NUMBER.finditer(plan.text):
        better = f"〔{match['year']}〕{int(match['no'])}号"
        if match.group() != better and _HAN.match(plan.text, match.start() - 1 if match.start() else 0):
            message = f"发文字号“{match.group()}”应写作“{better}”。"
            yield found_in(plan, Span(match.start(), match.end()), "发文字号", message, better)


def findings_of(plan: PlanRow) -> tuple[Finding, ...]:
    """Everything these rules, and DOC001 for numbers of documents, say about one plan, by place in the text."""
    found = [_completed(finding, rule) for rule in RULES for finding in rule.check((plan,))]
    wording = (Severity.WARNING, Dimension.ACCURACY)
    found += [_weighed(finding, "DOC001", *wording) for finding in _misspelled_numbers(plan)]
    return tuple(sorted(found, key=lambda finding: (finding.place.start or 0 if finding.place else 0, finding.code)))


def _completed(finding: Finding, rule: Rule) -> Finding:
    return _weighed(finding, rule.code, rule.severity, rule.dimension)


def _weighed(finding: Finding, code: str, severity: Severity, dimension: Dimension) -> Finding:
    return Finding(
        finding.number,
        finding.field,
        finding.message,
        code,
        finding.severity or severity,
        dimension,
        finding.suggestion,
        finding.place,
        finding.unit,
        PlanRow.kind,
    )


_GOOD = read_plan(
    """第一阶段：动员部署（2017年6月1日至6月20日）
各科室于6月16日前将学习计划报局办公室。
第二阶段：排查风险（2017年6月21日至7月20日）
各科室于7月14日前提交岗位风险清单。
""",
    number="方案2017-01",
)
_BAD = read_plan(
    """某某局2018年廉政风险防控工作方案
第一阶段：动员部署
各科室于6月30日前将学习计划报局办公室，并行程学习氛围。
第二阶段：排查风险（2017年7月1日至7月20日）
各科室于2017年7月23日前提交岗位廉政风险清单。2月30日前汇总岗位风险清单。
第三阶段：整改提高（2017年7月25日至8月20日）
""",
    number="方案2017-02",
)


_Check = Callable[[Iterable[PlanRow]], Iterator[Finding]]


def _rule(code: str, severity: Severity, title: str, check: _Check, sources: tuple[str, ...]) -> Rule:
    return Rule(
        code=code,
        severity=severity,
        dimension=Dimension.ORDER if code.startswith("PRG") else Dimension.ACCURACY,
        title=title,
        check=check,
        subject=PlanRow,
        sources=sources,
        fails=(_BAD,),
        passes=(_GOOD,),
    )


RULES: tuple[Rule, ...] = (
    _rule("PRG001", Severity.ERROR, "阶段没有写明起止时间", stage_without_dates, ("S11", "S12")),
    _rule("PRG002", Severity.WARNING, "阶段之间重叠或空出", stages_gap_or_overlap, ("S32", "S51")),
    _rule("PRG003", Severity.WARNING, "期限不在本阶段之内", deadline_outside_stage, ("S31", "S50")),
    _rule("PRG004", Severity.WARNING, "期限落在休息日", due_on_rest_day, ("S18", "S50")),
    _rule("DOC002", Severity.WARNING, "一份清单几种名称", list_under_two_names, ("S30", "S87")),
    _rule("DOC003", Severity.ERROR, "日期不存在", date_that_is_none, ("S12", "S87")),
    _rule("DOC005", Severity.WARNING, "年份前后不一致", year_against_the_title, ("S12", "S87")),
    _rule("DOC004", Severity.HINT, "疑似误字", confused_word, ("S87",)),
)
"""The plan rules; the site's table of rules takes them from here."""
