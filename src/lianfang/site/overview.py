"""The overview: one line a bureau, or a unit of one, from tallies and the last stored check; no register is scanned."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.db.models import Count, Max

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.queries import tallies
from lianfang.foundation.lint.models import CheckRun
from lianfang.foundation.lint.queries import current_runs
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.queries import bureaus_under, unit_paths
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.kernel.areas import KeyArea
from lianfang.kernel.findings import Dimension
from lianfang.kernel.levels import Grade
from lianfang.registers.controls.queries.ledger import visible_snapshots
from lianfang.registers.powers.queries import visible_powers
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.queries.risks import visible_risks
from lianfang.registers.risks.states import RiskState
from lianfang.site.checks.counts import OpenCount, OpenCounts, open_counts
from lianfang.site.checks.figures import Figures, counts_by_grade
from lianfang.site.checks.queries import ScoreLine, reads_drafts, summed_scores, uncounted

AREAS = len(KeyArea)
UNGRADED = frozenset({RiskState.PROPOSED, RiskState.ACCEPTED, RiskState.GRADING})
TallyLine = tuple[str, str, str, int]
"""Unit path, state, grade, count."""


@dataclass(frozen=True)
class OverviewLine:
    """Everything that the overview says of one bureau or unit; ``checked_on`` is ``None`` before the first check."""

    number: str
    name: str
    powers: int
    confirmed: int
    grades: Mapping[Grade, int]
    ungraded: int
    figures: Figures
    scores: tuple[ScoreLine, ...]
    counts: OpenCount
    checked_on: datetime.date | None
    ledger_at: datetime.datetime | None
    is_bureau: bool
    is_whole: bool = True
    """Whether the reader may know of drafts. Where not, every number is of what was approved, and what only makes sense
    beside the drafts (shares of all powers, posts searched, what waits for its grade) is left out."""

    @property
    def confirmed_share(self) -> int:
        """Confirmed powers per hundred, rounded down so that 100 means all."""
        return _share(self.confirmed, self.powers)

    @property
    def searched_share(self) -> int:
        """Posts in scope that were searched, per hundred."""
        return _share(self.figures.searched, self.figures.posts)

    @property
    def covered_share(self) -> int:
        """Powers that a regulation in effect covers, per hundred."""
        return _share(self.figures.covered, self.figures.powers)

    @property
    def areas(self) -> str:
        """Key areas that have a power, of the seven (S40)."""
        return f"{len(self.figures.areas)}/{AREAS}"

    @property
    def measures_per_high(self) -> str:
        """Measures in force for each HIGH risk, to one decimal, rounded down; a dash where there is no HIGH risk."""
        if not self.figures.high:
            return "—"
        tenths = self.figures.measures * 10 // self.figures.high
        return f"{tenths // 10}.{tenths % 10}"

    area_count = AREAS

    @property
    def four_scores(self) -> str:
        """The scores as ``96 / 88 / 97 / —`` in the order 准、全、深、序; a dash where no rule asked."""
        known = {score.dimension: str(score.per_cent) for score in self.scores}
        return " / ".join(known.get(dimension, "—") for dimension in Dimension) if known else "—"

    @property
    def grade_pairs(self) -> tuple[tuple[Grade, int], ...]:
        """Risks in force by grade, the gravest first."""
        return tuple(self.grades.items())

    @property
    def missing_areas(self) -> tuple[str, ...]:
        """Names of the key areas without a power."""
        return tuple(area.label for area in KeyArea if area.value not in self.figures.areas)


@dataclass(frozen=True)
class Overview:
    """The page: ``bureaus`` side by side, and the ``units`` of the one bureau where there is only one."""

    bureaus: tuple[OverviewLine, ...]
    units: tuple[OverviewLine, ...]
    own: OpenCount
    """Of the one bureau's findings those about the bureau itself, which no section has."""


@dataclass
class _Known:
    """What all lines are made of, read once."""

    runs: Sequence[CheckRun]
    places: Mapping[str, str]
    powers: Sequence[TallyLine]
    risks: Sequence[TallyLine]
    counts: OpenCounts
    ledgers: Mapping[str, datetime.datetime]
    whole: Callable[[str], bool]
    redone: Sequence[TallyLine]
    """Powers and risk points that are worked on anew while their approval stands, for whoever reads no drafts."""
    run_of: dict[str, CheckRun] = field(default_factory=dict)


def overview_of(actor: User) -> Overview:
    """The bureaus that the actor oversees; whoever oversees one section only sees that section, not the bureau.

    Raises:
        Refused: the actor may see no overview.
    """
    allow_anywhere(actor, Permission.OVERVIEW_READ)
    paths = actor.paths(Permission.OVERVIEW_READ)
    bureaus = bureaus_under(paths)
    places = bureaus or list(Unit.objects.filter(path__in=paths).order_by("path"))
    known = _known(actor, paths)
    lines = tuple(_line(unit, known) for unit in places)
    units = _sections(places[0]) if len(places) == 1 and bureaus else []
    own = known.counts.at(places[0].path) if units else OpenCount()
    return Overview(lines, tuple(_line(unit, known) for unit in units), own)


def _sections(bureau: Unit) -> list[Unit]:
    below = Unit.objects.filter(path__gt=bureau.path, path__lt=bureau.path + "~", valid_to__isnull=True)
    return list(below.order_by("path")[:100])


def _known(actor: User, paths: tuple[str, ...]) -> _Known:
    runs = current_runs(paths)
    reads_all = all(reads_drafts(actor, path) for path in paths)
    newest = visible_snapshots(actor).order_by().values_list("unit_path").annotate(newest=Max("taken_at"))
    return _Known(
        runs=runs,
        places=unit_paths(),
        powers=tallies("powers", paths),
        risks=tallies("risks", paths),
        counts=open_counts(actor),
        ledgers=dict(newest),
        whole=lambda path: reads_drafts(actor, path),
        redone=[] if reads_all else _redone(actor),
        run_of={run.unit_path: run for run in runs},
    )


def _redone(actor: User) -> list[TallyLine]:
    """Approved entries in a state in which no tally tells them from drafts; in tallies they would come and go."""
    settled = [PowerState.CONFIRMED.value, PowerState.RETIRED.value]
    powers = visible_powers(actor).filter(approved_entry__isnull=False).exclude(state__in=settled)
    risks = visible_risks(actor).filter(approved_entry__isnull=False, state=RiskState.GRADING.value)
    counted = powers.order_by().values_list("unit_path").annotate(count=Count("pk"))
    graded = risks.order_by().values_list("unit_path", "grade").annotate(count=Count("pk"))
    found = [(path, PowerState.CONFIRMED.value, "", count) for path, count in counted]
    return [*found, *((path, RiskState.LIVE.value, grade, count) for path, grade, count in graded)]


def _line(unit: Unit, known: _Known) -> OverviewLine:
    if known.whole(unit.path):
        return _whole_line(unit, known)
    line = _whole_line(unit, replace(known, powers=[*known.powers, *known.redone], risks=[*known.risks, *known.redone]))
    shown = Figures(high=line.figures.high, measures=line.figures.measures)
    scores = tuple(uncounted(score) for score in line.scores)
    return replace(line, powers=line.confirmed, ungraded=0, figures=shown, scores=scores, is_whole=False)


def _whole_line(unit: Unit, known: _Known) -> OverviewLine:
    path = unit.path
    powers = Counter[str]()
    for place, state, _, count in known.powers:
        powers[state] += count if place.startswith(path) else 0
    run = _run_about(path, known)
    return OverviewLine(
        number=unit.number,
        name=unit.name,
        powers=powers.total() - powers[PowerState.RETIRED.value],
        confirmed=powers[PowerState.CONFIRMED.value],
        grades=_grades(path, known.risks),
        ungraded=sum(count for place, state, _, count in known.risks if place.startswith(path) and state in UNGRADED),
        figures=_figures(path, run, known.places),
        scores=tuple(_four(summed_scores([run] if run else [], known.places, (path,)))),
        counts=known.counts.under((path,)),
        checked_on=run.day if run else None,
        ledger_at=max((at for place, at in known.ledgers.items() if place.startswith(path)), default=None),
        is_bureau=unit.unit_kind in {UnitKind.BUREAU.value, UnitKind.BRANCH.value},
    )


def _run_about(path: str, known: _Known) -> CheckRun | None:
    around = [bureau for bureau in known.run_of if path.startswith(bureau)]
    return known.run_of[max(around, key=len)] if around else None


def _grades(path: str, risks: Iterable[TallyLine]) -> dict[Grade, int]:
    found = dict.fromkeys(Grade, 0)
    for place, state, grade, count in risks:
        if place.startswith(path) and grade and counts_by_grade(state):
            found[Grade(grade)] += count
    return found


def _figures(path: str, run: CheckRun | None, places: Mapping[str, str]) -> Figures:
    stored = run.figures if run else {}
    return Figures.sum_of(figures for unit, figures in stored.items() if places.get(unit, "").startswith(path))


def _four(scores: Mapping[Dimension, ScoreLine]) -> Iterable[ScoreLine]:
    return (scores[dimension] for dimension in Dimension if dimension in scores)


def _share(part: int, whole: int) -> int:
    return part * 100 // whole if whole else 0
