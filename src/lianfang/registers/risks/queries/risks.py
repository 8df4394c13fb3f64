"""Reading risk points: what an actor may see, one page of the list, one risk point with all that its page needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from django.db.models import Q, QuerySet

from lianfang.foundation.accounts.four_eyes import barred
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, visible
from lianfang.foundation.accounts.reading import Reading
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.journal.queries import HistoryLine, approved_rows
from lianfang.foundation.lint.before_submission import offers_submission, told_once
from lianfang.foundation.lint.entries import Fault
from lianfang.foundation.lint.queries import findings_about
from lianfang.foundation.organisation.queries import own_reach, post_names, post_rows, unit_name, unit_names, unit_rows
from lianfang.foundation.organisation.turns import Awaited, Turn, turn_in
from lianfang.kernel.errors import Absent
from lianfang.kernel.findings import Finding
from lianfang.kernel.levels import Grade
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.rows import Change, differences
from lianfang.registers.powers.queries import READING as POWER_READING
from lianfang.registers.powers.queries import power_names_for, visible_powers
from lianfang.registers.risks.grading import FLOORS
from lianfang.registers.risks.models import Grading, Risk
from lianfang.registers.risks.queries.places import people_named
from lianfang.registers.risks.queries.same_words import same_words
from lianfang.registers.risks.rows import ApprovedRiskRow, GradingRow, RiskRow
from lianfang.registers.risks.rules import RULES
from lianfang.registers.risks.rules.handing_in import hollow_risk_fields
from lianfang.registers.risks.rules.merging import merging_fault
from lianfang.registers.risks.states import RISK, RiskState

NEEDED = {
    "submit": Permission.RISKS_DRAFT,
    "withdraw": Permission.RISKS_DRAFT,
    "return": Permission.RISKS_ACCEPT,
    "accept": Permission.RISKS_ACCEPT,
    "merge": Permission.RISKS_ACCEPT,
    "reject": Permission.RISKS_ACCEPT,
    "open_grading": Permission.GRADING_OPEN,
    "close": Permission.RISKS_CLOSE,
}
"""Move → the permission that it asks for; ``approve_grade`` belongs to the grading, ``reopen`` depends on the grade."""
EXAMINING = frozenset({"accept"})
"""Moves that ask for four eyes: not for whoever wrote or submitted the risk point."""
AWAITED = {
    RiskState.DRAFT.value: Awaited(Permission.RISKS_DRAFT, "写完整后提交", is_writing=True),
    RiskState.PROPOSED.value: Awaited(Permission.RISKS_ACCEPT, "受理", four_eyes=True),
    RiskState.ACCEPTED.value: Awaited(Permission.GRADING_OPEN, "启动评级"),
    RiskState.UNDER_REVIEW.value: Awaited(Permission.GRADING_OPEN, "重新评级"),
}
"""State → what it waits for; a risk point that is being graded waits for its round."""
APPROVAL = {
    Grade.LOW: Permission.GRADING_APPROVE_LOW,
    Grade.MEDIUM: Permission.GRADING_APPROVE_MEDIUM,
    Grade.HIGH: Permission.GRADING_APPROVE_HIGH,
}
"""Graded management (S74): the higher the grade, the higher the level that decides on it."""
EDITABLE = frozenset({RiskState.DRAFT, RiskState.LIVE, RiskState.UNDER_REVIEW})
IN_FORCE = Q(state__in=[RiskState.LIVE.value, RiskState.UNDER_REVIEW.value]) | Q(
    state=RiskState.GRADING.value, approved_entry__isnull=False
)
"""Has an approved grade that counts (S29); a risk point does not lose its grade while it is graded anew."""

READING = Reading(RiskRow, Permission.RISKS_READ, Permission.RISKS_READ_APPROVED, frozenset({RiskState.CLOSED.value}))
"""Who reads risk points whole, and who only as they were approved."""


def visible_risks(actor: User) -> QuerySet[Risk]:
    """All risk points of the units the actor may read; only approved ones where the actor may read no drafts."""
    return visible(actor, Risk.objects.all(), Permission.RISKS_READ, Permission.RISKS_READ_APPROVED)


def under(things: QuerySet[Risk], path: str) -> QuerySet[Risk]:
    """Those of ``things`` that lie under a unit's path ("" for everywhere)."""
    return things.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else things


@dataclass(frozen=True)
class RiskLine:
    """One line of the list."""

    row: RiskRow
    unit_name: str
    post_name: str
    stale: bool
    is_approved: bool


def risk_page(actor: User, wanted: Wanted, only: Q | None = None) -> tuple[Page[Risk], list[RiskLine]]:
    """One page of the list of risk points, or of those that ``only`` leaves, and its lines."""
    page = READING.page(actor, visible_risks(actor), wanted, only=only)
    rows = [(*shown, risk) for shown, risk in zip(READING.shown(actor, page.records), page.records, strict=True)]
    units = unit_names(row.unit for row, _, _ in rows)
    posts = post_names(row.post for row, _, _ in rows)
    return page, [
        RiskLine(
            row,
            units.get(row.unit, row.unit),
            posts.get(row.post, row.post),
            stale,
            risk.approved_entry is not None,
        )
        for row, stale, risk in rows
    ]


@dataclass(frozen=True)
class RiskDetail:
    """Everything that the page of one risk point shows."""

    row: RiskRow
    unit_name: str
    post_name: str
    power_name: str
    people: dict[str, str]
    merged_title: str
    merged: tuple[str, ...]
    same_words: tuple[str, ...]
    """Others of its bureau that say the same sentence; told whoever may accept it."""
    findings: tuple[Finding, ...]
    to_mend: tuple[Finding, ...]
    """What will stand in the way of handing it up, beside the errors among the findings; told whoever may submit."""
    history: tuple[HistoryLine, ...]
    gradings: tuple[GradingRow, ...]
    moves: tuple[Move[RiskState], ...]
    barred: dict[str, str]
    turn: Turn | None
    editable: bool
    stale: bool
    is_approved: bool
    since_approval: tuple[Change, ...]

    @property
    def grade(self) -> Grade | None:
        """The approved grade; what an imported list says is no grade yet."""
        return self.row.grade if self.is_approved else None

    @property
    def floors(self) -> tuple[str, ...]:
        """The floors that raised or held the grade, each with its reason."""
        return tuple(f"{floor}　{FLOORS[floor][0]}" if floor in FLOORS else floor for floor in self.row.floors)

    @property
    def finder(self) -> str:
        """Who found it, by name."""
        return self.people.get(self.row.finder, self.row.finder)

    @property
    def grader(self) -> str:
        """Who approved its grade, by name."""
        return self.people.get(self.row.graded_by, self.row.graded_by)

    @property
    def drafting_errors(self) -> tuple[Finding, ...]:
        """What the drafter can mend before submitting."""
        return tuple(found for found in self.findings if found.field not in RiskRow.graded)


def risk_detail(actor: User, number: str) -> RiskDetail:
    """One risk point with its gradings, findings, history and what the actor can do next.

    Raises:
        Absent: no such risk point, or not the actor's to see.
    """
    risk = visible_risks(actor).filter(number=number).first()
    if risk is None:
        raise Absent(f"没有找到编号为“{number}”的风险点。")
    row, is_whole = READING.row_of(actor, risk), READING.is_whole(actor, risk)
    moves = tuple(moves_open_to(actor, risk)) if is_whole else ()
    findings, to_mend = told_once(
        row,
        risk_findings(actor, row, risk.unit_path) if is_whole else (),
        tuple(faults_at_submission(row)) if offers_submission(moves) else (),
        {"RSK003": ("manifestation",)},
    )
    return RiskDetail(
        row=row,
        unit_name=unit_name(row.unit),
        post_name=post_names([row.post]).get(row.post, ""),
        power_name=power_names_for(actor, [row.power]).get(row.power, ""),
        people=people_named((row.finder, row.graded_by)),
        merged_title=risk_titles([row.merged_into]).get(row.merged_into, "") if row.merged_into else "",
        merged=tuple(merged_numbers(risk)) if is_whole else (),
        same_words=same_words(actor, risk) if any(step.name == "accept" for step in moves) else (),
        findings=findings,
        to_mend=to_mend,
        history=READING.history(actor, risk),
        gradings=_rounds_of(number) if is_whole else (),
        moves=moves,
        barred=barred(actor, risk, {step.name: NEEDED[step.name] for step in moves if step.name in EXAMINING}),
        turn=turn_in(actor, risk, AWAITED) if is_whole else None,
        editable=is_whole and row.state in EDITABLE and actor.may(Permission.RISKS_DRAFT, risk.unit_path),
        stale=is_whole and risk.stale,
        is_approved=risk.approved_entry is not None,
        since_approval=_since_approval(risk, row) if is_whole else (),
    )


def _rounds_of(number: str) -> tuple[GradingRow, ...]:
    return tuple(round_.to_row() for round_ in Grading.objects.filter(risk__number=number).order_by("-round"))


def risk_findings(actor: User, row: RiskRow, path: str) -> tuple[Finding, ...]:
    """What the rules say about one risk point, looked at with its power and the units and posts of its bureau.

    The power is the one that the actor reads: a finding tells nobody of a power that is not theirs to see.
    """
    around = own_reach(path)
    powers = POWER_READING.rows(actor, visible_powers(actor).filter(number=row.power)) if row.power else []
    return findings_about(RULES, row, [*unit_rows(around), *post_rows(path), *powers])


def faults_at_submission(row: RiskRow) -> Iterator[Fault]:
    """What keeps a risk point from being handed up, beside open errors (docs/decisions/0022)."""
    yield from hollow_risk_fields(row)


def draft_findings(actor: User, row: RiskRow, path: str) -> tuple[Finding, ...]:
    """Those findings that the drafter can mend: a grade is the raters' work, also where a list brought one along."""
    return tuple(found for found in risk_findings(actor, row, path) if found.field not in RiskRow.graded)


def graded_rows(actor: User, risks: Iterable[Risk]) -> list[RiskRow]:
    """Risk points as the actor may read them, without a grade that nobody approved."""
    found = list(risks)
    return [
        row if risk.approved_entry is not None else replace(row, grade=None)
        for risk, row in zip(found, READING.rows(actor, found), strict=True)
    ]


def grades_in_force(risks: Iterable[Risk]) -> dict[str, Grade | None]:
    """``number → grade`` as it was approved, for risk points in force; ``None`` where an import or a draft claims one.

    What depends on the grade (who approves a measure, what a measure was designed for) asks here, never the column.
    """
    found = list(risks)
    rows = approved_rows(RiskRow, found)
    return {risk.number: row.grade if _is_in_force(risk) else None for risk, row in zip(found, rows, strict=True)}


def grade_in_force(risk: Risk) -> Grade | None:
    """The approved grade of one risk point in force, or ``None``."""
    return grades_in_force([risk])[risk.number]


def _is_in_force(risk: Risk) -> bool:
    if risk.state == RiskState.GRADING.value:
        return risk.approved_entry is not None
    return risk.state in {RiskState.LIVE.value, RiskState.UNDER_REVIEW.value}


def moves_open_to(actor: User, risk: Risk) -> Iterator[Move[RiskState]]:
    """Moves of the lifecycle that are open in the state of the risk point and to this actor."""
    for step in RISK.from_state(RiskState(risk.state)):
        needed = reopening_permission(risk) if step.name == "reopen" else NEEDED.get(step.name)
        if needed is not None and actor.may(needed, risk.unit_path):
            yield step


def reopening_permission(risk: Risk) -> Permission:
    """Who may look at a live risk point again, and so who may rewrite it: whoever decides on its grade (S74).

    A rewritten risk point is under review; were rewriting open to more people than reopening, a full stop would do.
    """
    grade = grade_in_force(risk)
    return APPROVAL[grade] if grade else Permission.RISKS_CLOSE


def merge_targets(actor: User, number: str) -> list[RiskRow]:
    """Risk points into which this one may be merged (``rules.merging``), for whoever may merge it."""
    risk = allow(actor, Permission.RISKS_ACCEPT, visible_risks(actor), number)
    row = risk.to_row()
    of_post = Q(post__number=row.post) if row.post else Q(post__isnull=True)
    others = visible_risks(actor).filter(of_post, unit__number=row.unit, tier=row.tier.value)
    fitting = [other for other in others.order_by("number") if merging_fault(row, other.to_row()) is None]
    return READING.rows(actor, fitting[:500])


def merged_numbers(risk: Risk) -> list[str]:
    """Numbers of the risk points that now rest on this one: merged into it, or into one that was merged into it."""
    found: list[str] = []
    merged = Risk.objects.filter(state=RiskState.MERGED.value, unit_path=risk.unit_path).order_by("number")
    newest = [str(risk.number)]
    while newest := list(merged.filter(merged_into__in=newest).values_list("number", flat=True)):
        found += newest
    return found


def approved_risks(path: str) -> list[RiskRow]:
    """Risk points in force under ``path`` exactly as they were last approved, also where edited since."""
    in_force = under(Risk.objects.filter(IN_FORCE, approved_entry__isnull=False), path).order_by("unit_path", "number")
    return approved_rows(RiskRow, in_force)


def risks_approved_otherwise(path: str = "") -> Iterator[ApprovedRiskRow]:
    """The approved copies of risk points in force under ``path`` that were written to since."""
    changed = under(Risk.objects.filter(IN_FORCE, REWRITTEN), path).order_by("unit_path", "number")
    for row in approved_rows(RiskRow, changed):
        yield ApprovedRiskRow(**{field.name: getattr(row, field.name) for field in fields(row)})


def risk_rows(path: str = "") -> Iterator[RiskRow]:
    """All risk points under ``path`` as Rows, in list order, streamed."""
    return (
        risk.to_row()
        for risk in under(Risk.objects.all(), path).order_by("unit_path", "number").iterator(chunk_size=2_000)
    )


@dataclass(frozen=True, slots=True)
class RiskPlace:
    """What an upper room needs to know of a risk point to hang something on it; the grade is the one in force."""

    unit: str
    unit_path: str
    grade: Grade | None


def risk_places(numbers: Iterable[str]) -> dict[str, RiskPlace]:
    """``number → place`` of the risk points named; unknown numbers are left out."""
    found = list(Risk.objects.filter(number__in=set(numbers)))
    grades = grades_in_force(found)
    return {risk.number: RiskPlace(risk.unit_id, risk.unit_path, grades[risk.number]) for risk in found}


def risks_shown(actor: User, numbers: Iterable[str]) -> dict[str, RiskRow]:
    """``number → row`` of the risk points named, as the actor may read them; what nobody approved yet shows no text.

    The grade is the one in force, never one that an import or a draft claims.
    """
    found = list(Risk.objects.filter(number__in=set(numbers)).order_by("number"))
    hidden = {risk.pk for risk in found if risk.approved_entry is None and not READING.is_whole(actor, risk)}
    grades = grades_in_force(found)
    rows = zip(found, READING.rows(actor, found), strict=True)
    return {
        risk.number: _untold(row) if risk.pk in hidden else replace(row, grade=grades[risk.number])
        for risk, row in rows
    }


def _untold(row: RiskRow) -> RiskRow:
    return RiskRow(number=row.number, tier=row.tier, unit=row.unit, statement="（风险点尚未审定）")


def risk_titles(numbers: Iterable[str]) -> dict[str, str]:
    """``number → statement`` of the risk points named."""
    return dict(Risk.objects.filter(number__in=set(numbers)).values_list("number", "statement"))


def _since_approval(risk: Risk, row: RiskRow) -> tuple[Change, ...]:
    if not risk.stale or risk.approved_entry is None:
        return ()
    approved = approved_rows(RiskRow, [risk])[0]
    return tuple(change for change in differences(approved, row) if change.field in RiskRow.guarded)
