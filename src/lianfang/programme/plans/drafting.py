"""From a plan as read to the draft of a programme, and from a corrected draft back to a plan that rules can check."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lianfang.foundation.organisation.rows import UnitRow
from lianfang.kernel.errors import Invalid
from lianfang.kernel.findings import Dimension, Finding, Place, Severity
from lianfang.programme.plans.correcting import weighed_slips
from lianfang.programme.plans.programme_rows import (
    DeadlineItem,
    DutyItem,
    ProgrammeRow,
    StageItem,
    TaskItem,
    chinese_of,
    date_of,
)
from lianfang.programme.plans.reader.years import title_year
from lianfang.programme.plans.resolving import submitting_units, unmatched_names
from lianfang.programme.plans.rows import DeadlineRow, PeriodicDutyRow, PlanRow, Span, StageRow, TaskRow
from lianfang.programme.plans.rules import findings_of

LARGEST_TEXT = 2 * 1024 * 1024
"""Bytes of UTF-8; the longest plan known to us has sixty thousand characters."""
MOST_ITEMS = 200
"""Items of one plan; the richest real plan known to us has twenty-two, and a person must be able to check them all."""
LONGEST_TITLE, LONGEST_NAME, LONGEST_NUMBER = 300, 200, 80
_PURPOSE = re.compile(r"^\s*(为(?!准|主|此)[^。\n]{4,300}?)[,，](?:根据|按照|依据|结合|特?制定)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a draft comes from: the bureau it is for, its units, and what the text was called."""

    bureau: str
    units: Sequence[UnitRow]
    source_name: str


def draft_of(plan: PlanRow, origin: Origin) -> ProgrammeRow:
    """The draft that a person then corrects; every item keeps its place in the text."""
    years = [date.year for stage in plan.stages if (date := stage.start or stage.end) and date.year]
    purpose = _PURPOSE.search(plan.text)
    return ProgrammeRow(
        number=plan.number,
        unit=origin.bureau,
        title=plan.title[:LONGEST_TITLE],
        issuer=plan.issuer[:LONGEST_NAME],
        document_number=plan.document_number[:LONGEST_NUMBER],
        issued_on=plan.issued,
        cycle_year=title_year(plan.title) or min(years, default=plan.issued.year if plan.issued else None),
        upstream=tuple(dict.fromkeys(_cited(c.number, c.title) for c in plan.upstream)),
        addressees=tuple(named.text for named in plan.addressees),
        recipients=addressed_units((named.text for named in plan.addressees), origin),
        purpose=purpose[1] if purpose else "",
        source_name=origin.source_name[:LONGEST_NAME],
        text_digest=digest_of(plan.text),
        stages=tuple(_stage(stage) for stage in plan.stages),
        tasks=tuple(TaskItem(name=t.name, stage=t.stage, section=t.section, span=t.span) for t in plan.tasks),
        deadlines=tuple(_deadline(row, origin) for row in plan.deadlines),
        duties=tuple(_duty(row, origin) for row in plan.periodic),
    )


def demand_text(text: str) -> None:
    """Refuse what nobody can read a plan from.

    Raises:
        Invalid: there is no text, or too much of it.
    """
    if not text.strip():
        raise Invalid("没有读到文字。", "请上传有文字的文件（扫描件没有文字），或把正文粘贴进来。")
    size = len(text.encode())
    if size > LARGEST_TEXT:
        raise Invalid(
            f"正文有 {size // 1024} KiB，超过允许的 {LARGEST_TEXT // 1024} KiB。", "请只保留方案正文，去掉附件后再读。"
        )


def digest_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _cited(number: str, title: str) -> str:
    return f"{number}{f'《{title}》' if title else ''}"


def _stage(stage: StageRow) -> StageItem:
    start, end = (date.code if date else "" for date in (stage.start, stage.end))
    return StageItem(ordinal=stage.ordinal, name=stage.name, start=start, end=end, span=stage.span)


def _deadline(row: DeadlineRow, origin: Origin) -> DeadlineItem:
    return DeadlineItem(
        due=row.date.code if row.date else "",
        deliverables=row.deliverables,
        kind=row.kind,
        submitter=row.submitter,
        units=submitting_units(row.submitter, origin.units, origin.bureau),
        receivers=row.receivers,
        stage=row.stage,
        span=row.span,
    )


def _duty(row: PeriodicDutyRow, origin: Origin) -> DutyItem:
    return DutyItem(
        cycle=row.cycle,
        what=row.what,
        every=row.every,
        submitter=row.submitter,
        units=submitting_units(row.submitter, origin.units, origin.bureau),
        receivers=row.receivers,
        span=row.span,
    )


def addressed_units(addressees: Iterable[str], origin: Origin) -> tuple[str, ...]:
    """Numbers of the units that a plan is addressed to (S1); none where it names nobody or only outsiders."""
    wording = "、".join(addressees)
    return submitting_units(wording, origin.units, origin.bureau) if wording else ()


def unknown_recipients(draft: ProgrammeRow, origin: Origin) -> tuple[str, ...]:
    """One line for each unit of the distribution list that is no live unit of the bureau, so that nobody could sign."""
    known = {unit.number for unit in origin.units}
    return tuple(f"签收单位“{number}”不是本局现有单位。" for number in draft.recipients if number not in known)


def with_settled(draft: ProgrammeRow, origin: Origin) -> ProgrammeRow:
    """The draft with what follows from a person's answers about who owes what.

    A name settled to a unit of the bureau ticks that unit, one that the wording no longer has is forgotten; each
    deadline remembers the units that its wording covers and nobody ticked.
    """
    deadlines = tuple(_with_spared(replace(item, **_answers(item, origin)), origin) for item in draft.deadlines)
    duties = tuple(replace(item, **_answers(item, origin)) for item in draft.duties)
    return replace(draft, deadlines=deadlines, duties=duties)


def _answers(item: DeadlineItem | DutyItem, origin: Origin) -> dict[str, Any]:
    """What a person settled about the item's names, as far as it still holds, and the units that owe it then."""
    names = unmatched_names(item.submitter, origin.units, origin.bureau)
    known = {unit.number for unit in origin.units}
    kept = tuple(one for one in item.settled if one.name in names and (not one.unit or one.unit in known))
    meant = {*item.units, *(one.unit for one in kept)}
    strange = tuple(unit for unit in item.units if unit not in known)
    return {"settled": kept, "units": (*(unit.number for unit in origin.units if unit.number in meant), *strange)}


def _with_spared(item: DeadlineItem, origin: Origin) -> DeadlineItem:
    covered = submitting_units(item.submitter, origin.units, origin.bureau)
    return replace(item, spared=tuple(unit for unit in covered if unit not in item.units))


def unsettled_names(item: DeadlineItem | DutyItem, origin: Origin) -> tuple[str, ...]:
    """The names in an item's wording that no unit bears and nobody has settled."""
    settled = {one.name for one in item.settled}
    return tuple(name for name in unmatched_names(item.submitter, origin.units, origin.bureau) if name not in settled)


def plan_of(draft: ProgrammeRow, read: PlanRow) -> PlanRow:
    """The plan as corrected: frame and items of the draft over the text, so that the rules judge what people see."""
    dated = {row.span: row for row in read.deadlines}
    return replace(
        read,
        number=draft.number,
        title=draft.title,
        stages=tuple(_stage_row(item) for item in sorted(draft.stages, key=lambda item: item.ordinal)),
        tasks=tuple(
            TaskRow(stage=item.stage, name=item.name, section=item.section, span=item.span or _NOWHERE)
            for item in draft.tasks
        ),
        deadlines=tuple(_deadline_row(item, dated.get(item.span or _NOWHERE)) for item in draft.deadlines),
    )


_NOWHERE = Span(0, 0)


def _stage_row(item: StageItem) -> StageRow:
    span = item.span or _NOWHERE
    return StageRow(
        ordinal=item.ordinal, name=item.name, start=date_of(item.start), end=date_of(item.end), span=span, body=span
    )


def _deadline_row(item: DeadlineItem, read: DeadlineRow | None) -> DeadlineRow:
    return DeadlineRow(
        date=date_of(item.due),
        date_text=read.date_text if read else "",
        stage=item.stage,
        kind=item.kind,
        submitter=item.submitter,
        submitter_stated=bool(item.submitter),
        deliverables=item.deliverables,
        receivers=item.receivers,
        span=item.span or _NOWHERE,
        date_span=read.date_span if read else None,
    )


def draft_findings(draft: ProgrammeRow, read: PlanRow, origin: Origin) -> tuple[Finding, ...]:
    """What the rules say about the corrected plan, and PRG005 for whatever nobody, or an unknown name, has to do."""
    return (*_nobody_owes(draft, origin), *weighed_slips(findings_of(plan_of(draft, read)), draft, read))


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings that stand against confirming: the programme's own, and every other that is an error.

    Slips of the wording (DOC) do not, save a date that is none where a stage or a deadline is left without one.
    """
    return tuple(found for found in findings if found.code.startswith("PRG") or found.severity is Severity.ERROR)


def _nobody_owes(draft: ProgrammeRow, origin: Origin) -> Iterable[Finding]:
    for item in draft.asked:
        column, what = _called(item)
        names = "、".join(f"“{name}”" for name in unsettled_names(item, origin))
        if names:
            message = (
                f"“{what}”的报送单位里，{names}没有对上本局现有单位："
                f"请在{column}一栏认定它指哪个单位，或者是不进本局矩阵的外单位。"
            )
        elif not item.units and not item.settled:
            message = f"“{what}”没有确定由哪些单位报送，请在{column}一栏勾选。"
        elif not item.submitter and item.units == (origin.bureau,):
            message = f"原文没有写“{what}”由谁报送，暂时按本局报送；请在{column}一栏核对，写明谁报，或者改勾单位。"
        else:
            continue
        severity = Severity.ERROR if names or not item.units else Severity.WARNING
        yield Finding(
            draft.number,
            column,
            message,
            "PRG005",
            severity,
            Dimension.COMPLETENESS,
            "",
            Place(start=item.span.start, end=item.span.end) if item.span else None,
            draft.unit,
            ProgrammeRow.kind,
        )


def _called(item: DeadlineItem | DutyItem) -> tuple[str, str]:
    """The card of the page that an item stands in, and what it asks for."""
    if isinstance(item, DutyItem):
        return "定期工作", item.what
    return "期限", "、".join(item.deliverables) or "材料"


def obstacles(draft: ProgrammeRow) -> tuple[str, ...]:
    """One line for each thing without which nothing can be created from the draft, whatever the rules say."""
    found = [] if draft.title else ["方案没有名称。"]
    items = (*draft.stages, *draft.tasks, *draft.deadlines, *draft.duties)
    found += [] if items else ["方案里没有阶段、任务、期限，也没有定期工作。"]
    ordinals = [stage.ordinal for stage in draft.stages]
    repeated = sorted({ordinal for ordinal in ordinals if ordinals.count(ordinal) > 1})
    found += [f"有两个第{ordinal}阶段。" for ordinal in repeated]
    for item in draft.deadlines:
        date = date_of(item.due)
        what = "、".join(item.deliverables)
        found += [f"“{what}”的期限“{date.chinese}”没有年份。"] if date and date.year is None else []
        found += [] if item.deliverables else [f"{chinese_of(item.due)}的期限没有写报送什么。"]
    return tuple(found)
