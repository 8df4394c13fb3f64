"""Rules about one entry by itself: what every line of a negative list says, and at which level people look where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, plain
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.powers.rows import PowerRow, PowerStep, read_number
from lianfang.registers.risks.rows import NegativeRow, RiskDimension, RiskRow, dimensions_at
from lianfang.registers.risks.rules.examples import NEGATIVE, POWER, RISK
from lianfang.registers.risks.rules.statements import ENDED
from lianfang.registers.risks.states import NegativeState

_PLACE = re.compile(
    r"第?([\d一二三四五六七八九十]{1,4})(?:个?(?:步骤?|环节|道).*)?|(?:步骤|环节)([\d一二三四五六七八九十]{1,4})"
)

_AND = re.compile(r"[、，,;；/和及与至到—–~～-]+|→|->")
"""Between steps that are named together."""
_ALL = re.compile(r"全部|所有|全过?程|全流程|(?:各个?|每个|整个|所有|全部)(?:步骤|环节|流程|过程|程序)")


def entry_without_risk_control_or_finder(entries: Iterable[NegativeRow]) -> Iterator[Finding]:
    """NEG008.

    检查什么：负面清单条目是否写明了会出什么廉政风险、用什么措施防控、由谁查找。已撤销的条目不检查。
    为什么：负面清单是警戒线。只写“不得”，不写防什么、怎么防、谁找出来的，挂在墙上就没有人守。
    怎么改：补写廉政风险和防控措施；查找人写本人姓名，部门级、单位级写参加排查的人。
    来源：S23、S24，domain.md §4 NegativeItem。
    """
    for entry in entries:
        if entry.state is NegativeState.WITHDRAWN:
            continue
        said = {"risk": entry.risk, "control": entry.control, "finders": "、".join(entry.finders)}
        missing = [name for name, text in said.items() if is_placeholder(text)]
        if missing:
            named = "、".join(NegativeRow.headings[name] for name in missing)
            yield Finding(entry.number, missing[0], f"负面清单条目没有写明{named}。")


def entry_in_a_dimension_of_another_level(entries: Iterable[NegativeRow]) -> Iterator[Finding]:
    """NEG009.

    检查什么：负面清单条目的查找方面，是否属于它所在的层级。没有写查找方面的由 NEG003 报告；外部环境各级都可以查。
    为什么：岗位查四个方面、部门查三个、单位查三个，各不相同。把“三重一大”写到一个岗位名下，谁也不会去集体研究。
    怎么改：改选该层级的查找方面，或者把条目移到相应的层级。
    来源：S24、S25、S26。
    """
    for entry in entries:
        if entry.state is NegativeState.WITHDRAWN:
            continue
        yield from _outside(entry)


def risk_in_a_dimension_of_another_level(risks: Iterable[RiskRow]) -> Iterator[Finding]:
    """RSK013.

    检查什么：风险点的查找方面，是否属于它所在的层级。没有写查找方面的由 NEG003 报告；外部环境各级都可以查。
    为什么：层级决定由谁查找、由谁评分。方面和层级对不上，要么找错了人，要么底线规则用错了地方。
    怎么改：改选该层级的查找方面，或者改正层级。
    来源：S24、S25、S26。
    """
    for risk in risks:
        if risk.state not in ENDED:
            yield from _outside(risk)


def risk_at_a_step_that_is_not_there(material: Material) -> Iterator[Finding]:
    """RSK014.

    检查什么：风险点的环节，不论写成“第几步”还是写名称，对应的职权是不是有这一步。名称写一部分（“检测”指“现场检测并
    上传”）、一次写几步、写“全过程”“全部环节”“全部”都可以；职权没有登记行使程序的由 PWR008 报告。
    为什么：风险点挂在环节上，流程图才画得出来，措施才知道管在哪一步。写了不存在的一步，等于没有挂。
    怎么改：打开对应的职权，照它的行使程序写环节名称；确实有这一步而程序没写的，先补职权。
    来源：S21。
    """
    powers = material.by_number(PowerRow)
    for risk in material.of(RiskRow):
        power = powers.get(risk.power)
        if risk.state in ENDED or power is None or not power.steps:
            continue
        place = _place_of(risk.step)
        if 1 <= place <= len(power.steps) if place is not None else _is_named(risk.step, power):
            continue
        yield _absent_step(risk, power, place)


def _absent_step(risk: RiskRow, power: PowerRow, place: int | None) -> Finding:
    """A power of another unit is called by its number alone: who reads the finding may not read the power."""
    if power.unit != risk.unit:
        return Finding(risk.number, "step", f"环节“{risk.step}”不存在：职权 {power.number} 的行使程序没有这一步。")
    missing = "没有这一步" if place is None else f"只有 {len(power.steps)} 步"
    message = f"环节“{risk.step}”不存在：职权“{power.title}”的行使程序{missing}。"
    return Finding(risk.number, "step", message, suggestion="、".join(step.name for step in power.steps))


def _place_of(step: str) -> int | None:
    """Which step a number means: 3 for 第三步, 第3步（现场检查） or 3; ``None`` for a name."""
    found = _PLACE.fullmatch(step.strip())
    return read_number(found[1] or found[2]) if found else None


def _is_named(step: str, power: PowerRow) -> bool:
    """Whether every step that is named is one of the power's, or a part of its name, or its name with more words."""
    names = [name for name in (plain(one.name) for one in power.steps) if name]
    if not plain(step) or plain(step) in names or _ALL.fullmatch(plain(step)):
        return True
    parts = [part for part in map(plain, _AND.split(PowerStep.read(step).name)) if part]
    return all(_is_part(part, names) for part in parts)


def _is_part(part: str, names: Sequence[str]) -> bool:
    place = _place_of(part)
    return 1 <= place <= len(names) if place is not None else any(part in name or name in part for name in names)


def _outside(row: NegativeRow | RiskRow) -> Iterator[Finding]:
    open_here = dimensions_at(row.tier)
    if row.dimension and row.dimension not in open_here:
        names = "、".join(dimension.label for dimension in open_here)
        message = f"“{row.dimension.label}”不是{row.tier.label}级的查找方面，{row.tier.label}级查找{names}。"
        yield Finding(row.number, "dimension", message)


_STEPPED = replace(POWER, steps=(PowerStep("制定检查方案"), PowerStep("现场检查", "现场执法岗")))
RULES: tuple[Rule, ...] = (
    Rule(
        code="NEG008",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="负面清单条目没有风险、措施或查找人",
        check=entry_without_risk_control_or_finder,
        subject=NegativeRow,
        sources=("S23", "S24"),
        fails=(POWER, replace(NEGATIVE, control="")),
        passes=(POWER, NEGATIVE),
    ),
    Rule(
        code="NEG009",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="负面清单的查找方面不属于该层级",
        check=entry_in_a_dimension_of_another_level,
        subject=NegativeRow,
        sources=("S24", "S25", "S26"),
        fails=(POWER, replace(NEGATIVE, dimension=RiskDimension.MAJOR)),
        passes=(POWER, NEGATIVE),
    ),
    Rule(
        code="RSK013",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="风险点的查找方面不属于该层级",
        check=risk_in_a_dimension_of_another_level,
        subject=RiskRow,
        sources=("S24", "S25", "S26"),
        fails=(replace(RISK, dimension=RiskDimension.WORKFLOW),),
        passes=(RISK,),
    ),
    Rule(
        code="RSK014",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="风险点的环节不在职权的行使程序里",
        check=risk_at_a_step_that_is_not_there,
        subject=RiskRow,
        reads=(RiskRow, PowerRow),
        sources=("S21",),
        fails=(_STEPPED, replace(RISK, step="第9步"), replace(RISK, number="FX-002", step="不存在的步骤")),
        passes=(_STEPPED, RISK, replace(RISK, number="FX-002", step="第2步")),
    ),
)
