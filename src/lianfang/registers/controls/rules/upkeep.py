"""Rules about what is left after approval: tests of measures, and the ledger generated from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.journal.rows import REWRITTEN, DeviationRow
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.roster import Roster
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.lint.wording import is_placeholder, plain
from lianfang.foundation.organisation.rows import PersonRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.registers.controls.rows import ControlRow, ControlTestRow, LedgerRow
from lianfang.registers.controls.rules.examples import (
    CONTROLS,
    HIGH_RISK,
    LEDGER,
    ORGANISATION,
    PEOPLE,
    PREVENTION,
    TESTS,
)
from lianfang.registers.controls.rules.in_force import controls_in_force
from lianfang.registers.controls.states import ControlState
from lianfang.registers.risks.rows import RiskRow
from lianfang.registers.risks.rules.rounds import months_before

_ANSWERING = frozenset({ControlState.IN_FORCE, ControlState.UNDER_REVIEW})


def measure_not_tested(material: Material) -> Iterator[Finding]:
    """CTL009.

    检查什么：施行中的措施，从风险定级起超过一个检验周期仍没有检验过；或者最近一次有凭证的检验，距今超过参数规定的
    周期数（默认 2 个）。检验周期按风险等级为高 3 个月、中 6 个月、低 12 个月（参数）。没有凭证的检验不算。
    正在重新梳理的措施，新的审定以前仍按原样施行，照样要检验。
    为什么：写在纸上的措施不一定在做。没有检验，就不知道它是有效、有漏洞，还是不易操作。
    怎么改：由监督人抽取近期的凭证检验一次，记录设计和执行两方面的结论。
    来源：S55、S77，参数 test_months_high、test_months_medium、test_months_low、test_periods。
    """
    tests: defaultdict[str, list[ControlTestRow]] = defaultdict(list)
    for test in material.of(ControlTestRow):
        if not is_placeholder(test.evidence):
            tests[test.control].append(test)
    risks = material.by_number(RiskRow)
    for control in controls_in_force(material):
        risk = risks.get(control.risk)
        if risk and risk.is_live:
            fault = _untested(material, risk, tests[control.number])
            if fault:
                yield Finding(control.number, "number", fault)


def _untested(material: Material, risk: RiskRow, tests: list[ControlTestRow]) -> str:
    if risk.grade is None or risk.graded_on is None:
        return ""
    months, periods = material.parameters.test_months(risk.grade), material.parameters.test_periods
    if not tests:
        waited = risk.graded_on < months_before(material.today, months)
        return f"{risk.grade.label}风险的措施超过 {months} 个月没有检验过（没有凭证的不算）。" if waited else ""
    latest = max(test.tested_on for test in tests)
    if latest < months_before(material.today, months * periods):
        return f"{risk.grade.label}风险的措施已有 {months * periods} 个月没有检验凭证。"
    return ""


def ledger_departs_from_records(material: Material) -> Iterator[Finding]:
    """LDG001.

    检查什么：台账各行的岗位职责、风险点、表现形式、风险等级、具体防控措施、责任人是否齐全，
    并且与已审定的风险点和施行中的措施一致（措施、责任人不计次序）；单位已有台账的，在控的风险点是否都在台账里。
    为什么：台账是从审定的记录生成的。手工改过的台账，公开和检查时就会与实际不符。
    怎么改：不要修改台账，修改风险点或措施并重新审定后，重新生成台账。
    来源：S41、S42。
    """
    risks = material.by_number(RiskRow)
    controls: defaultdict[str, list[ControlRow]] = defaultdict(list)
    for control in material.of(ControlRow):
        if control.state in _ANSWERING:
            controls[control.risk].append(control)
    roster = material.derived(Roster)
    for line in material.of(LedgerRow):
        risk = risks.get(line.risk)
        faults = [f"{name}为空" for name in _empty_columns(line)]
        if risk is None or not risk.is_live:
            faults.append("所对应的风险点不在控")
        else:
            faults += [f"{name}与审定记录不一致" for name in _departures(line, risk, controls[risk.number], roster)]
        if faults:
            yield Finding(line.number, "number", f"台账第 {line.number} 行{'、'.join(faults)}。", unit=line.unit)
    yield from _left_out(material)


def stored_copy_deviates(material: Material) -> Iterator[Finding]:
    """LDG002.

    检查什么：审定过的职权、负面清单、风险点、评级、制度和措施，重算操作日志的指纹，核对现在存的内容是否就是审定时的内容，
    所指的是否就是最近一次审定，状态和内容是否就是操作日志最后记下的；反过来从操作日志查，审定过的条目是否都还在、
    审定是否还登记着。留存的台账，重算内容指纹，核对是否与生成时的操作日志一致。所有条目和台账，核对单位路径是否就是所属单位
    的路径。在系统里正常修改的不算：修改有版本、有日志。
    为什么：台账、公开和对纪委的清单都以审定的内容为准。绕过系统改数据库，换上草稿、退回旧的等级、藏起一行，谁也看不出来。
    怎么改：停止使用这条记录，由安全审计员对照操作日志查明谁改的、何时改的；从备份恢复，或者重新走审定程序。
    来源：S41、S42。
    """
    for found in material.of(DeviationRow):
        yield Finding(found.number, "number", f"{found.reason}。", kind=found.of_kind, unit=found.unit)


def _empty_columns(line: LedgerRow) -> Iterator[str]:
    for field in ("duty", "statement", "manifestation"):
        if is_placeholder(getattr(line, field)):
            yield LedgerRow.headings[field]
    for field in ("grade", "controls", "owners"):
        if not getattr(line, field):
            yield LedgerRow.headings[field]


def _departures(line: LedgerRow, risk: RiskRow, controls: list[ControlRow], roster: Roster) -> Iterator[str]:
    """Columns that are filled, but not with what was approved."""
    if line.statement and plain(line.statement) != plain(risk.statement):
        yield LedgerRow.headings["statement"]
    if line.manifestation and plain(line.manifestation) != plain(risk.manifestation):
        yield LedgerRow.headings["manifestation"]
    if line.grade and line.grade is not risk.grade:
        yield LedgerRow.headings["grade"]
    if line.controls and {plain(text) for text in line.controls} != {plain(control.action) for control in controls}:
        yield LedgerRow.headings["controls"]
    if line.owners and {roster.shown(name) for name in line.owners} != {
        roster.shown(control.owner) for control in controls
    }:
        yield LedgerRow.headings["owners"]


def _left_out(material: Material) -> Iterator[Finding]:
    units = {line.unit for line in material.of(LedgerRow)}
    written = {line.risk for line in material.of(LedgerRow)}
    for risk in material.of(RiskRow):
        if risk.is_live and risk.unit in units and risk.number not in written:
            yield Finding(risk.number, "number", "在控的风险点没有列入本单位的台账。", kind=RiskRow.kind)


_DEVIATION = DeviationRow(number="CS-001", unit="U02", of_kind=ControlRow.kind, reason=REWRITTEN)
RULES: tuple[Rule, ...] = (
    Rule(
        code="CTL009",
        severity=Severity.WARNING,
        dimension=Dimension.DEPTH,
        title="措施没有检验",
        check=measure_not_tested,
        subject=ControlRow,
        reads=(ControlRow, ControlTestRow, RiskRow),
        sources=("S55", "S77"),
        fails=(HIGH_RISK, *CONTROLS, TESTS[0]),
        passes=(HIGH_RISK, *CONTROLS, *TESTS),
    ),
    Rule(
        code="LDG001",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="台账缺项或与记录不一致",
        check=ledger_departs_from_records,
        subject=LedgerRow,
        reads=(LedgerRow, RiskRow, ControlRow, PersonRow),
        whole=True,
        sources=("S41", "S42"),
        fails=(*ORGANISATION, HIGH_RISK, *CONTROLS, replace(LEDGER, controls=LEDGER.controls[:1])),
        passes=(*PEOPLE, HIGH_RISK, *CONTROLS, LEDGER),
    ),
    Rule(
        code="LDG002",
        severity=Severity.ERROR,
        dimension=Dimension.ACCURACY,
        title="存储内容与审定记录不符",
        check=stored_copy_deviates,
        subject=None,
        reads=(DeviationRow,),
        whole=True,
        sources=("S41", "S42"),
        fails=(_DEVIATION,),
        passes=(PREVENTION,),
    ),
)
