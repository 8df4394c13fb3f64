"""Reading the stored checks: a page of findings, a unit's score card, one finding with what may be done about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import makers_of, objection
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import PAGE_SIZE
from lianfang.foundation.lint.actions import Tolerated
from lianfang.foundation.lint.models import CheckFinding, CheckRun, Waiver
from lianfang.foundation.lint.queries import current_runs, readable_findings, unwaived, visible_waivers, waivers_of
from lianfang.foundation.lint.rows import CheckRunRow, WaiverRow
from lianfang.foundation.lint.rule import Rule
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import bureau_paths_of, bureaus_under, unit_name, unit_names, unit_paths
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.kernel.errors import Absent, Conflict
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.site.checks.counts import OpenCount, open_counts, scope_of
from lianfang.site.checks.rule_pages import RULE_BY_CODE
from lianfang.site.checks.running import READERS
from lianfang.site.checks.texts import has_changed, texts_now
from lianfang.site.material import ROW_BY_KIND

CHANGED = ("条目在检查之后改动过，不能照原来的检查结果豁免。", "请先重新检查，再看这个问题还在不在。")
QUESTIONS = {
    Dimension.ACCURACY: "准不准",
    Dimension.COMPLETENESS: "全不全",
    Dimension.DEPTH: "深不深",
    Dimension.ORDER: "程序合不合",
}


@dataclass(frozen=True)
class Sought:
    """What the list of findings is filtered by; "" everywhere means all. ``waived`` asks for the tolerated ones."""

    unit: str = ""
    kind: str = ""
    code: str = ""
    severity: str = ""
    dimension: str = ""
    waived: bool = False
    page: int = 1


@dataclass(frozen=True)
class FindingLine:
    """One line of the list."""

    key: int
    finding: Finding
    severity: Severity
    unit_name: str
    register: str
    heading: str
    rule_title: str
    waiver: str


@dataclass(frozen=True)
class ScoreLine:
    """One unit's answer to one of the four questions, with the counts behind it."""

    unit: str
    unit_name: str
    dimension: Dimension
    clean: int
    objects: int
    per_cent: int

    @property
    def is_counted(self) -> bool:
        """Whether the counts are this reader's to see: they number drafts too."""
        return self.objects > 0

    @property
    def label(self) -> str:
        """Dimension, question and share; the bar beside it says how many entries of how many."""
        return f"{self.question}　{self.per_cent}%"

    @property
    def question(self) -> str:
        """The question in the plan's words (S54)."""
        return QUESTIONS[self.dimension]


@dataclass(frozen=True)
class FindingsPage:
    """Everything that the list of findings shows."""

    runs: tuple[CheckRun, ...]
    lines: tuple[FindingLine, ...]
    total: int
    page: int
    counts: OpenCount
    """Of everything under the chosen unit, whatever else the list is narrowed to."""
    scope: str
    scores: tuple[ScoreLine, ...]
    is_whole: bool
    """Whether the reader may know how many entries were looked at, drafts among them."""


def findings_page(actor: User, sought: Sought) -> FindingsPage:
    """One page of the stored findings that the actor may read."""
    everything = narrowed(readable_findings(actor, READERS), sought)
    found = everything.filter(~unwaived() if sought.waived else unwaived())
    total = found.order_by().count()
    page = min(max(1, sought.page), max(1, -(-total // PAGE_SIZE)))
    lines = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    reach = reach_of(actor, sought.unit)
    runs = current_runs(reach)
    scores, is_whole = summed_scores(runs, unit_paths(), reach).values(), all(reads_drafts(actor, p) for p in reach)
    return FindingsPage(
        runs=tuple(runs),
        lines=tuple(finding_lines(lines)),
        total=total,
        page=page,
        counts=open_counts(actor).under(reach),
        scope=unit_name(sought.unit) if sought.unit else scope_of(actor),
        scores=tuple(scores if is_whole else map(uncounted, scores)),
        is_whole=is_whole,
    )


def reach_of(actor: User, unit: str = "") -> tuple[str, ...]:
    """Subtrees that a page about ``unit`` may speak of: the unit's own; for "" all whose findings may be read."""
    if not unit:
        return actor.paths(Permission.FINDINGS_READ)
    path = unit_paths([unit]).get(unit, "")
    return (path,) if path and actor.may(Permission.FINDINGS_READ, path) else ()


def narrowed(found: QuerySet[CheckFinding], sought: Sought) -> QuerySet[CheckFinding]:
    """Those of ``found`` that the filters leave; a code may be a whole family (PWR)."""
    if sought.unit:
        path = unit_paths([sought.unit]).get(sought.unit, "?")
        found = found.filter(unit_path__gte=path, unit_path__lt=path + "~")
    exact = {"kind": sought.kind, "severity": sought.severity, "dimension": sought.dimension}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    return found.filter(code__startswith=sought.code.upper()) if sought.code else found


def finding_lines(found: Iterable[CheckFinding]) -> list[FindingLine]:
    """Stored findings with the words that a page needs, names of units in one query."""
    stored = list(found)
    names = unit_names(finding.unit for finding in stored)
    lapsed = _lapsed({finding.waiver for finding in stored} - {""})
    return [_line(finding, names, lapsed) for finding in stored]


def _lapsed(waivers: set[str]) -> set[str]:
    """Those that have run out since the check."""
    if not waivers:
        return set()
    over = Waiver.objects.filter(number__in=waivers, expires__lt=timezone.localdate())
    return set(over.values_list("number", flat=True))


def _line(stored: CheckFinding, names: Mapping[str, str], lapsed: set[str]) -> FindingLine:
    row = ROW_BY_KIND.get(stored.kind)
    headings = row.headings if row else {}
    rule = RULE_BY_CODE.get(stored.code)
    return FindingLine(
        key=stored.pk,
        finding=stored.to_finding(),
        severity=Severity(stored.severity),
        unit_name=names.get(stored.unit, stored.unit),
        register=row.label if row else "",
        heading=str(headings.get(stored.field, "")),
        rule_title=rule.title if rule else "",
        waiver="" if stored.waiver in lapsed else stored.waiver,
    )


DRAFT_READERS = (Permission.POWERS_READ, Permission.RISKS_READ, Permission.REGULATIONS_READ, Permission.CONTROLS_READ)


def reads_drafts(actor: User, path: str) -> bool:
    """Whether the actor may know of every entry under ``path``; the commission knows of those that are approved."""
    return all(actor.may(permission, path) for permission in DRAFT_READERS)


def uncounted(line: ScoreLine) -> ScoreLine:
    """The share alone: the counts behind it would tell how many drafts there are."""
    return replace(line, clean=0, objects=0)


def readable_scores(actor: User, reach: tuple[str, ...]) -> list[ScoreLine]:
    """Scores of every unit under ``reach`` in the last checks, with their counts where the actor reads drafts."""
    places = unit_paths()
    return [
        line if not line.unit or reads_drafts(actor, places.get(line.unit, "")) else uncounted(line)
        for line in score_lines(current_runs(reach), reach)
    ]


def told_run(actor: User, row: CheckRunRow) -> CheckRunRow:
    """One check as this reader may know it."""
    return told_runs(actor, CheckRun.objects.select_related("unit").filter(number=row.number))[0]


def told_runs(actor: User, runs: Iterable[CheckRun]) -> list[CheckRunRow]:
    """The checks as this reader may know them: with their own counts, or with those of the findings they may read."""
    found = list(runs)
    if all(reads_drafts(actor, run.unit_path) for run in found):
        return [run.to_row() for run in found]
    readable = readable_findings(actor, READERS).order_by().values_list("run_id", "severity")
    counted = Counter[tuple[int, str]]()
    for key, severity, count in readable.filter(unwaived()).annotate(count=Count("id")):
        counted[key, severity] = count
    names = {"errors": Severity.ERROR, "warnings": Severity.WARNING, "hints": Severity.HINT}
    told: list[CheckRunRow] = []
    for run in found:
        counts: dict[str, Any] = {name: counted[run.pk, level.value] for name, level in names.items()}
        told.append(replace(run.to_row(), entries=0, waived=0, **counts))
    return told


def score_lines(runs: Iterable[CheckRun], paths: tuple[str, ...]) -> list[ScoreLine]:
    """Scores of every unit under ``paths`` in the last checks, in tree order."""
    places, names = unit_paths(), unit_names()
    found: list[tuple[str, ScoreLine]] = []
    for run in runs:
        for score in run.scores:
            unit = str(score["unit"])
            place = places.get(unit, run.unit_path)
            if place.startswith(paths):
                found.append((place, _score_line(score, names.get(unit, unit))))
    return [line for _, line in sorted(found, key=lambda pair: pair[0])]


def _score_line(score: Mapping[str, Any], name: str) -> ScoreLine:
    weight = int(score["weight"])
    return ScoreLine(
        unit=str(score["unit"]),
        unit_name=name,
        dimension=Dimension(score["dimension"]),
        clean=int(score["clean"]),
        objects=int(score["objects"]),
        per_cent=100 * int(score["clean_weight"]) // weight if weight else 100,
    )


def summed_scores(
    runs: Iterable[CheckRun], places: Mapping[str, str], paths: tuple[str, ...]
) -> dict[Dimension, ScoreLine]:
    """The four answers of everything under ``paths``: weights of units added up, never shares averaged.

    ``places`` gives each unit's path; what belongs to no unit belongs to the bureau.
    """
    totals: dict[Dimension, Counter[str]] = {}
    for run in runs:
        for score in run.scores:
            if places.get(str(score["unit"]), run.unit_path).startswith(paths):
                counts = totals.setdefault(Dimension(score["dimension"]), Counter())
                counts.update({name: int(score[name]) for name in ("clean", "objects", "clean_weight", "weight")})
    return {
        dimension: _score_line({**totals[dimension], "unit": "", "dimension": dimension}, "")
        for dimension in Dimension
        if dimension in totals
    }


@dataclass(frozen=True)
class HeldWaiver:
    """A waiver of the entry of a finding; an ``outdated`` one was granted for another text than the entry has now."""

    row: WaiverRow
    outdated: bool


@dataclass(frozen=True)
class FindingDetail:
    """One stored finding: its rule, the waivers of its entry, and what the actor may do."""

    line: FindingLine
    kind: str
    unit_path: str
    text: str
    """Fingerprint of the entry as it was checked."""
    rule: Rule | None
    waivers: tuple[HeldWaiver, ...]
    changed: bool
    """Whether the entry says something else by now than what was checked."""
    may_waive: bool
    unwaivable: str
    """Why somebody who waives findings may not waive this one now; "" where they may, or waive none."""
    longest: int
    """How many days a waiver may last here at most."""

    def tolerated(self) -> Tolerated:
        """This finding as something to be tolerated.

        Raises:
            Conflict: the entry was changed since the check, so nobody knows whether the finding is still true of it.
        """
        if self.changed:
            raise Conflict(*CHANGED)
        found = self.line.finding
        return Tolerated(found.code, self.kind, found.number, self.unit_path, self.text)


def finding_detail(actor: User, key: int) -> FindingDetail:
    """One stored finding.

    Raises:
        Absent: no such finding, not the actor's to see, or gone with a newer check.
    """
    stored = readable_findings(actor, READERS).filter(pk=key).first()
    if stored is None:
        raise Absent("没有找到这条检查结果。", "本局可能已经重新检查过；请回到检查结果列表查看最新的一次。")
    waivers = [row for row in waivers_of(stored.kind, stored.number) if row.rule == stored.code]
    line, entry = finding_lines([stored])[0], (stored.kind, stored.number)
    texts = texts_now([entry])
    changed = has_changed(texts, entry, stored.text)
    may = actor.may(Permission.FINDINGS_WAIVE, stored.unit_path)
    unwaivable = _unwaivable(actor, stored, changed=changed) if may else ""
    return FindingDetail(
        line=line,
        kind=stored.kind,
        unit_path=stored.unit_path,
        text=stored.text,
        rule=RULE_BY_CODE.get(stored.code),
        waivers=tuple(HeldWaiver(row, has_changed(texts, entry, row.text)) for row in waivers),
        changed=changed,
        may_waive=may and not line.waiver and not unwaivable,
        unwaivable="" if line.waiver else unwaivable,
        longest=parameters_for(stored.unit_path).waiver_days,
    )


def _unwaivable(actor: User, stored: CheckFinding, *, changed: bool) -> str:
    if changed:
        return "".join(CHANGED)
    makers = makers_of(stored.kind, stored.number)
    refusal = objection(actor, Permission.FINDINGS_WAIVE, stored, makers)
    return f"{refusal.message}{refusal.remedy}" if refusal else ""


@dataclass(frozen=True)
class WaiverLine:
    """One waiver on the list; an ``outdated`` one covers nothing, though its time has not run out."""

    row: WaiverRow
    holds: bool
    outdated: bool
    may_revoke: bool


def waiver_lines(actor: User, *, limit: int = 200) -> list[WaiverLine]:
    """Waivers of the units whose findings the actor may read, those in force first."""
    today = timezone.localdate()
    waivers = [waiver for waiver in visible_waivers(actor)[:limit] if _may_know_of(actor, waiver)]
    pairs = [(waiver.to_row(), actor.may(Permission.FINDINGS_WAIVE, waiver.unit_path)) for waiver in waivers]
    texts = texts_now((row.entry_kind, row.entry) for row, _ in pairs)
    return [
        WaiverLine(
            row,
            row.holds_on(today),
            has_changed(texts, (row.entry_kind, row.entry), row.text),
            may and row.holds_on(today),
        )
        for row, may in pairs
    ]


def _may_know_of(actor: User, waiver: Waiver) -> bool:
    """A waiver names its entry: who reads no drafts is told of it where they may read the finding."""
    if reads_drafts(actor, waiver.unit_path):
        return True
    return readable_findings(actor, READERS).filter(waiver=waiver.number).exists()


def checkable_bureaus(actor: User) -> list[tuple[str, str]]:
    """``(number, name)`` of the bureaus that the actor may have checked: those within and around the actor's units."""
    paths = actor.paths(Permission.FINDINGS_CHECK)
    around = Unit.objects.filter(path__in=bureau_paths_of(paths)).order_by("path")
    return list({unit.number: unit.name for unit in (*around, *bureaus_under(paths))}.items())
