"""What is wrong with a confirmed programme: its calendar (PRG001 to PRG004) and its matrix (PRG005).

The calendar is judged by the rules about a plan's text, on the stages and deliverables as they are kept; so a finding
names the stage or the deliverable, and the score of the order of procedure counts these. The wording of the text
(DOC002 to DOC004) was judged when the plan was read: nobody can mend it afterwards (S87).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.rows import Row
from lianfang.programme.plans.owed_rows import DeliverableRow, ProgrammeStageRow, SubmissionRow
from lianfang.programme.plans.programme_rows import CalendarPolicy, ProgrammeRow, date_of
from lianfang.programme.plans.resolving import own_units, submitting_units, unmatched_names
from lianfang.programme.plans.rows import DeadlineRow, PlanRow, Span, StageRow
from lianfang.programme.plans.rules import RULES as RULES_OF_TEXT

Part = ProgrammeStageRow | DeliverableRow


@dataclass(frozen=True, slots=True)
class _Kept:
    """A confirmed programme as a plan that the rules can read; the span of an item is its place among ``parts``."""

    plan: PlanRow
    parts: tuple[Part, ...]


def _kept(material: Material) -> tuple[_Kept, ...]:
    """Every confirmed programme of the material."""
    parts: defaultdict[str, list[Part]] = defaultdict(list)
    for stage in sorted(material.of(ProgrammeStageRow), key=lambda stage: stage.ordinal):
        parts[stage.programme].append(stage)
    for deliverable in material.of(DeliverableRow):
        parts[deliverable.programme].append(deliverable)
    return tuple(_as_plan(row, tuple(parts[row.number])) for row in material.of(ProgrammeRow))


def _as_plan(programme: ProgrammeRow, parts: tuple[Part, ...]) -> _Kept:
    ordinals = {part.number: part.ordinal for part in parts if isinstance(part, ProgrammeStageRow)}
    placed = [(Span(place, place + 1), part) for place, part in enumerate(parts)]
    plan = PlanRow(
        number=programme.number, title=programme.title, issuer=programme.issuer, issued=programme.issued_on,
        document_number=programme.document_number, upstream=(), addressees=(), tasks=(), periodic=(), milestones=(),
        terms=(), lists=(), bad_dates=(), text="",
        stages=tuple(_stage(span, part) for span, part in placed if isinstance(part, ProgrammeStageRow)),
        deadlines=tuple(_deadline(span, part, ordinals) for span, part in placed if isinstance(part, DeliverableRow)),
    )  # fmt: skip
    return _Kept(plan, parts)


def _stage(span: Span, row: ProgrammeStageRow) -> StageRow:
    start, end = date_of(row.start), date_of(row.end)
    return StageRow(ordinal=row.ordinal, name=row.name, start=start, end=end, span=span, body=span)


def _deadline(span: Span, row: DeliverableRow, ordinals: dict[str, int]) -> DeadlineRow:
    return DeadlineRow(
        date=date_of(row.due),
        date_text=row.due,
        stage=ordinals.get(row.stage),
        kind=row.requirement,
        submitter=row.submitter,
        submitter_stated=bool(row.submitter),
        deliverables=(row.name,),
        receivers=(row.receiver,) if row.receiver else (),
        span=span,
        date_span=None,
    )


_TEXT_RULES = {rule.code: rule for rule in RULES_OF_TEXT}


def _on_parts(code: str) -> Callable[[Material], Iterator[Finding]]:
    """The check of a rule about plans as one about stages and deliverables; it keeps its explanation."""
    rule = _TEXT_RULES[code]

    def check(material: Material) -> Iterator[Finding]:
        for kept in material.derived(_kept):
            for found in rule.check((kept.plan,)):
                part = kept.parts[found.place.start or 0] if found.place else kept.parts[0]
                if code != "PRG004" or not _is_moved(part):
                    field = "due" if isinstance(part, DeliverableRow) else "start"
                    yield replace(found, number=part.number, field=field, kind=part.kind, place=None)

    check.__doc__ = rule.check.__doc__
    return check


def _is_moved(part: Part) -> bool:
    """Whether somebody decided what happens on a rest day; then it is no fault any more."""
    return isinstance(part, DeliverableRow) and part.calendar_policy is not CalendarPolicy.FIXED


def unit_without_submission(material: Material) -> Iterator[Finding]:
    """PRG005.

    检查什么：每份报送材料是否至少有一家报送；方案要求报送的单位是否都在报送矩阵里，确认以后新设的单位也算在内；原文里的报送单位是否都对上了现有单位，或者认定为外单位。
    为什么：矩阵里没有的单位没有人催，到期才发现漏报。
    怎么改：确认之前在核对页勾选缺少的单位，对不上的名称认定它指哪个单位或者是外单位；确实不用报的，取消勾选并留痕，或按程序免报。
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
        message = _who_is_missing(row, missing, units.get(bureau, ()), bureau)
        if not message and not submitted[row.number] and not row.outside:
            message = f"“{row.name}”没有任何单位报送。"
        if message:
            yield Finding(row.number, "submitters", message)


def _who_is_missing(row: DeliverableRow, missing: Sequence[str], units: Sequence[UnitRow], bureau: str) -> str:
    settled = {one.name for one in row.settled}
    unknown = [name for name in unmatched_names(row.submitter, units, bureau) if name not in settled] if bureau else []
    if missing:
        return f"“{row.name}”应由{'、'.join(missing)}报送，报送矩阵里没有。"
    return f"“{row.name}”的报送单位里，{'、'.join(unknown)}没有对上本局现有单位，矩阵里没有。" if unknown else ""


_UNITS = (
    UnitRow(number="LH", name="临河分局", unit_kind=UnitKind.BRANCH),
    UnitRow(number="LH-SG", name="水环境管理科", unit_kind=UnitKind.SECTION, parent="LH"),
    UnitRow(number="LH-ZD", name="执法大队", unit_kind=UnitKind.BRIGADE, parent="LH"),
)
_PROGRAMME = ProgrammeRow(number="LH-F001", unit="LH", title="廉政风险防控实施方案")
_LIST = DeliverableRow(
    number="LH-F001-B001", programme="LH-F001", name="权力清单", submitter="局属各单位", submitters=("LH-SG", "LH-ZD")
)
_STAGE = ProgrammeStageRow(
    number="LH-F001-J001", programme="LH-F001", ordinal=1, name="动员部署", start="2026-06-08", end="2026-06-30"
)
_NEXT = replace(_STAGE, number="LH-F001-J002", ordinal=2, name="排查风险", start="2026-07-01", end="2026-07-24")
_DUE = replace(_LIST, stage="LH-F001-J002", due="2026-07-17")
_FIRST = SubmissionRow(number="LH-F001-B001.LH-SG", programme="LH-F001", deliverable="LH-F001-B001", unit="LH-SG")
_SECOND = replace(_FIRST, number="LH-F001-B001.LH-ZD", unit="LH-ZD")

_CALENDAR = (_PROGRAMME, _STAGE, _NEXT, _DUE)


def _calendar(code: str, subject: type[Part], faulty: Part) -> Rule:
    """The line of a calendar rule, with a good programme of which one part is ``faulty``."""
    fails: tuple[Row, ...] = tuple(faulty if row.number == faulty.number else row for row in _CALENDAR)
    return replace(
        _TEXT_RULES[code],
        check=_on_parts(code),
        subject=subject,
        reads=tuple(dict.fromkeys((ProgrammeRow, ProgrammeStageRow, subject))),
        fails=(_UNITS[0], *fails),
        passes=(_UNITS[0], *_CALENDAR),
    )


RULES: tuple[Rule, ...] = (
    _calendar("PRG001", ProgrammeStageRow, replace(_STAGE, start="", end="")),
    _calendar("PRG002", ProgrammeStageRow, replace(_NEXT, start="2026-07-07")),
    _calendar("PRG003", DeliverableRow, replace(_DUE, due="2026-07-31")),
    _calendar("PRG004", DeliverableRow, replace(_DUE, due="2026-07-18")),
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
"""The rules about confirmed programmes; the site's table of rules takes them from here."""
MATRIX_RULES = tuple(rule for rule in RULES if SubmissionRow in rule.reads)
"""Those about who hands in what."""
