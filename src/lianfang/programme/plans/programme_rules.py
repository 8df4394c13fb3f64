"""What is wrong with the matrix of a confirmed programme (PRG005); the plan's own faults are in ``rules``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.programme.plans.owed_rows import DeliverableRow, SubmissionRow
from lianfang.programme.plans.programme_rows import ProgrammeRow
from lianfang.programme.plans.resolving import own_units, submitting_units


def unit_without_submission(material: Material) -> Iterator[Finding]:
    """PRG005.

    检查什么：每份报送材料，方案要求报送的单位是否都在报送矩阵里；方案确认以后新设的单位也算在内。
    为什么：矩阵里没有的单位没有人催，到期才发现漏报。
    怎么改：为缺少的单位补建报送任务；确实不用报的，在确认方案时取消勾选并留痕，或按程序免报。
    来源：S31、S70。
    """
    submitted: defaultdict[str, set[str]] = defaultdict(set)
    for submission in material.of(SubmissionRow):
        submitted[submission.deliverable].add(submission.unit)
    names = {unit.number: unit.name for unit in material.of(UnitRow)}
    bureaus = {programme.number: programme.unit for programme in material.of(ProgrammeRow)}
    units = {
        bureau: own_units(material.of(UnitRow), bureau, material.today) for bureau in sorted(set(bureaus.values()))
    }
    for row in material.of(DeliverableRow):
        bureau = bureaus.get(row.programme, "")
        covered = submitting_units(row.submitter, units.get(bureau, ()), bureau) if bureau else ()
        required = dict.fromkeys((*row.submitters, *(unit for unit in covered if unit not in row.spared)))
        missing = [names.get(unit, unit) for unit in required if unit not in submitted[row.number]]
        if missing:
            message = f"“{row.name}”应由{'、'.join(missing)}报送，报送矩阵里没有。"
            yield Finding(row.number, "submitters", message)


_UNITS = (
    UnitRow(number="LH", name="临河分局", unit_kind=UnitKind.BRANCH),
    UnitRow(number="LH-SG", name="水环境管理科", unit_kind=UnitKind.SECTION, parent="LH"),
    UnitRow(number="LH-ZD", name="执法大队", unit_kind=UnitKind.BRIGADE, parent="LH"),
)
_PROGRAMME = ProgrammeRow(number="LH-F001", unit="LH", title="廉政风险防控实施方案")
_LIST = DeliverableRow(
    number="LH-F001-B001", programme="LH-F001", name="权力清单", submitter="局属各单位", submitters=("LH-SG", "LH-ZD")
)
_FIRST = SubmissionRow(
    number="LH-F001-B001.LH-SG", programme="LH-F001", deliverable="LH-F001-B001", unit="LH-SG"
)  # fmt: skip
_SECOND = replace(_FIRST, number="LH-F001-B001.LH-ZD", unit="LH-ZD")

RULES: tuple[Rule, ...] = (
    Rule(
        code="PRG005",
        severity=Severity.ERROR,
        dimension=Dimension.COMPLETENESS,
        title="应报送的单位不在报送矩阵里",
        check=unit_without_submission,
        subject=DeliverableRow,
        reads=(ProgrammeRow, DeliverableRow, SubmissionRow, UnitRow),
        sources=("S31", "S70"),
        fails=(*_UNITS, _PROGRAMME, _LIST, _FIRST),
        passes=(*_UNITS, _PROGRAMME, _LIST, _FIRST, _SECOND),
    ),
)
"""The rules about the matrix; the site's table of rules takes them from here."""
