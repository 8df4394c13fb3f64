"""Whether the time limit of a power is written so that it can be kept, and no longer than the law allows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import LimitUnit, PowerCategory, PowerRow, TimeLimit
from lianfang.registers.powers.rules.examples import PENALTY, SEAL
from lianfang.registers.powers.states import PowerState


@dataclass(frozen=True, slots=True)
class StatutoryLimit:
    """A fact of law: powers of ``category`` whose name or content has one of ``words`` end within ``amount`` units.

    Where ``category`` is ``None`` the words alone decide, because lists put such powers in different classes.
    ``extended`` is the longest total with the extension that the same article allows. Where ``kinds`` are given one of
    them is named too (环评审批, 报告表): then what the same source says in general does not count.
    """

    category: PowerCategory | None
    words: tuple[str, ...]
    amount: int
    extended: int
    unit: LimitUnit
    source: str
    kinds: tuple[str, ...] = ()

    def is_named_in(self, text: str) -> bool:
        """Whether ``text`` has one of its words, and one of its kinds where it has any."""
        named = any(word in text for word in self.words)
        return named and (not self.kinds or any(kind in text for kind in self.kinds))


_EIA = "《生态环境法典》第一百零二条"
_ASSESSED = ("环境影响", "环评")
_DISCLOSURE = "《政府信息公开条例》"
STATUTORY_LIMITS = (
    StatutoryLimit(PowerCategory.PERMIT, _ASSESSED, 60, 60, LimitUnit.DAY, _EIA, kinds=("报告书",)),
    StatutoryLimit(PowerCategory.PERMIT, _ASSESSED, 30, 30, LimitUnit.DAY, _EIA, kinds=("报告表",)),
    StatutoryLimit(PowerCategory.PERMIT, ("环境影响评价", "环评"), 60, 60, LimitUnit.DAY, _EIA),
    StatutoryLimit(PowerCategory.PERMIT, ("排污许可",), 45, 45, LimitUnit.DAY, "《排污许可管理条例》第十二条"),
    StatutoryLimit(
        PowerCategory.PERMIT, ("取水许可", "取水申请"), 45, 45, LimitUnit.WORKDAY,
        "《取水许可和水资源费征收管理条例》第十九条",
    ),
    StatutoryLimit(PowerCategory.PERMIT, (), 20, 30, LimitUnit.WORKDAY, "《行政许可法》第四十二条"),
    StatutoryLimit(PowerCategory.PENALTY, (), 90, 90, LimitUnit.DAY, "《行政处罚法》第六十条"),
    StatutoryLimit(PowerCategory.COERCION, ("查封", "扣押"), 30, 60, LimitUnit.DAY, "《行政强制法》第二十五条"),
    StatutoryLimit(
        None, ("涉税数据复核", "涉税信息复核", "环境保护税复核", "环保税复核", "应税污染物复核"), 15, 15, LimitUnit.DAY,
        "《环境保护税法》第二十条",
    ),
    StatutoryLimit(
        None, ("政府信息公开申请", "依申请公开"), 20, 40, LimitUnit.WORKDAY, f"{_DISCLOSURE}第三十三条"
    ),
    StatutoryLimit(
        None, ("主动公开政府信息", "政府信息主动公开"), 20, 20, LimitUnit.WORKDAY, f"{_DISCLOSURE}第二十六条"
    ),
    StatutoryLimit(
        None, ("移送涉嫌犯罪", "涉嫌犯罪案件移送", "涉嫌犯罪案件的移送"), 3, 3, LimitUnit.DAY,
        "《行政执法机关移送涉嫌犯罪案件的规定》第五条",
    ),
    StatutoryLimit(None, ("信访事项", "信访办理", "信访件"), 60, 90, LimitUnit.DAY, "《信访工作条例》第三十四条"),
)  # fmt: skip
"""Most particular first; of several that fit one power the longest counts (one power for 报告书 and 报告表)."""

_CASES = frozenset(PowerCategory) - {PowerCategory.INSPECTION, PowerCategory.OTHER}
"""Classes whose powers end a case that somebody waits for."""
_AMOUNT = re.compile(r"(\d{1,4}|[一二三四五六七八九十百]{1,5})\s*(个?工作日|个?自然日|个月|小时|日|天|月|年)")
_START = re.compile(r"起|之日|之时|后|受理|立案|收到|作出|申请|送达|届满|之前|以前")
_REASONED = re.compile(
    r"(?:未|无|没有|不).{0,10}[期时]限|长期|按.{0,12}(?:计划|方案)|即[时日]|当[场天日]|随[到时]|即[到来]?即?办|立[即等]|《"
)
"""Words that answer the question otherwise: no limit in law, a plan that sets the day, at once, a law cited."""
_EXTENSION = re.compile(r"延长|延期|顺延")


def time_limit_untenable(powers: Iterable[PowerRow]) -> Iterator[Finding]:
    """PWR006.

    检查什么：许可、处罚、强制、征收、给付、确认、奖励、裁决八类对外职权的办理期限是否写明数量、单位和起算点；
    能对上法定期限表的，是否长于法定期限。单位相同的直接比较，工作日与自然日之间按最有利于填报人的口径折算，确实超过才报告；写明经批准可以延长的，
    按法定的最长延长期限比较；环评审批点明报告表的按报告表的期限，报告书和报告表合为一项的按报告书的期限；期限栏引用了另有规定的法律（《……》）的不比较。当场办结的、写明法律没有规定期限的、
    行政检查和其他职权只对照名称、内容点明了的法定期限（涉税数据复核、政府信息公开、涉嫌犯罪案件移送、信访），内部职权不检查。
    为什么：期限没有起算点就没有终点；比法定期限长的承诺，等于公开宣布可以超期办理。
    怎么改：写成“20个工作日（自受理之日起）”的样子；超过法定期限的改为法定期限或更短的承诺期限。
    来源：S20、N21（行政处罚法第六十条）、N22（行政许可法第四十二条、行政强制法第二十五条）、C3（排污许可管理条例第十二条）、
    C2（环境保护税法第二十条）、N13（信访工作条例第三十四条）、N15（政府信息公开条例第二十六条、第三十三条）、
    N23（移送涉嫌犯罪案件的规定第五条）、取水许可和水资源费征收管理条例第十九条、生态环境法典第一百零二条。
    """
    for power in powers:
        if power.state is PowerState.RETIRED or not power.is_external:
            continue
        fault = limit_gap(power) if power.category in _CASES else ""
        if fault:
            yield Finding(power.number, "time_limit", f"职权“{power.title}”的办理期限{fault}。")
            continue
        law = _broken_limit(power, _amounts(power.time_limit))
        if law:
            longest = f"{law.amount}{law.unit.label}"
            message = f"职权“{power.title}”的办理期限“{power.time_limit}”长于{law.source}规定的{longest}。"
            yield Finding(power.number, "time_limit", message, suggestion=longest)


def limit_gap(power: PowerRow) -> str:
    """What its time limit lacks to be one, as a clause: amount and unit, or the reason why there is none.

    Where somebody outside waits for the end of a case, also the event from which it runs.
    """
    amounts = _amounts(power.time_limit)
    is_waited_for = power.is_external and power.category in _CASES
    return _shape_fault(power.time_limit, amounts) if is_waited_for or not amounts else ""


def _amounts(limit: TimeLimit) -> list[tuple[int, LimitUnit]]:
    if limit.is_typed and limit.amount is not None and limit.unit is not None:
        return [(limit.amount, limit.unit)]
    read = (TimeLimit.read(f"{amount}{unit}") for amount, unit in _AMOUNT.findall(limit.text))
    return [(found.amount, found.unit) for found in read if found.amount is not None and found.unit is not None]


def _shape_fault(limit: TimeLimit, amounts: list[tuple[int, LimitUnit]]) -> str:
    """What is missing; an empty limit is the matter of PWR001."""
    if not limit.is_typed and (not limit.text.strip() or _REASONED.search(limit.text)):
        return ""
    if not amounts:
        return f"“{limit.text}”没有写明数量和单位"
    at_once = amounts[0][0] == 0
    if not at_once and not _START.search(limit.start or limit.text):
        return f"“{limit}”没有写明从何时起算"
    return ""


def _broken_limit(power: PowerRow, amounts: list[tuple[int, LimitUnit]]) -> StatutoryLimit | None:
    law = _statutory(power)
    if law is None or not amounts or "《" in power.time_limit.text + power.time_limit.start:
        return None
    wording = f"{power.time_limit.text}{power.time_limit.start}{power.conditions}{power.content}{power.remark}"
    allowed = law.extended if _EXTENSION.search(wording) else law.amount
    return law if any(_is_longer(amount, unit, allowed, law.unit) for amount, unit in amounts) else None


def _is_longer(amount: int, unit: LimitUnit, allowed: int, allowed_unit: LimitUnit) -> bool:
    """Exactly in the same unit; across units only what is longer however the holidays fall."""
    if unit is allowed_unit:
        return amount > allowed
    return _shortest_days(amount, unit) > _longest_days(allowed, allowed_unit)


def _statutory(power: PowerRow) -> StatutoryLimit | None:
    text = power.name + power.sub_name + power.content
    fitting = [law for law in STATUTORY_LIMITS if law.category in {None, power.category}]
    named = [law for law in fitting if law.is_named_in(text)]
    told_apart = {law.source for law in named if law.kinds}
    particular = [law for law in named if law.kinds or law.source not in told_apart]
    return max(particular or (law for law in fitting if not law.words), key=_longest, default=None)


def _longest(law: StatutoryLimit) -> float:
    return _longest_days(law.extended, law.unit)


def _shortest_days(amount: int, unit: LimitUnit) -> float:
    """Fewest natural days that the span can take, so that nobody is blamed for a holiday."""
    if unit is LimitUnit.WORKDAY:
        return amount + 2 * (max(amount - 1, 0) // 6)
    return {LimitUnit.HOUR: amount / 24, LimitUnit.DAY: amount, LimitUnit.MONTH: 28 * amount}.get(unit, 365 * amount)


def _longest_days(amount: int, unit: LimitUnit) -> float:
    """Most natural days that the span can take: weekends, and the two long holidays for workdays."""
    return 7 * amount / 5 + 10 if unit is LimitUnit.WORKDAY else amount


RULES: tuple[Rule, ...] = (
    Rule(
        code="PWR006",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="办理期限不成立或超过法定期限",
        check=time_limit_untenable,
        subject=PowerRow,
        sources=("S20", "N21", "N22", "C3"),
        fails=(replace(PENALTY, time_limit=TimeLimit(6, LimitUnit.MONTH, "自立案之日起")),),
        passes=(
            PENALTY,
            SEAL,
            replace(PENALTY, number="QL-003", category=PowerCategory.INSPECTION, time_limit=TimeLimit(text="每年一次")),
        ),
    ),
)
