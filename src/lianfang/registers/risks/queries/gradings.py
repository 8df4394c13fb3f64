"""Reading grading rounds: sealed scores leave this module only towards the person who gave them (domain.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce

from django.db.models import Count, Q, QuerySet

from lianfang.foundation.accounts.four_eyes import Hand, barred, hands_on
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.catalogue.listing import Page, Wanted, page_of
from lianfang.foundation.journal.queries import HistoryLine, approved_rows, history_of
from lianfang.foundation.organisation.queries import person_names, post_names, unit_name, unit_names
from lianfang.kernel.errors import Absent
from lianfang.kernel.levels import Grade
from lianfang.kernel.lifecycle import Move
from lianfang.kernel.numbering import unit_at
from lianfang.registers.powers.models import Power
from lianfang.registers.powers.queries import powers_shown
from lianfang.registers.powers.rows import PowerRow
from lianfang.registers.powers.states import PowerState
from lianfang.registers.risks.grading import (
    Circumstances,
    Outcome,
    circumstances_of,
    flips,
    gap,
    outcome_of,
    settle,
    strictest,
)
from lianfang.registers.risks.models import Grading, Risk, Score
from lianfang.registers.risks.queries.grading_states import lying_apart, state_shown
from lianfang.registers.risks.queries.risks import APPROVAL, grade_in_force
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, RiskDimension, RiskRow, ScoreRow
from lianfang.registers.risks.states import GRADING, GradingState

SCALES = ("importance", "probability", "harm")
_ENDED = frozenset({GradingState.APPROVED, GradingState.SUPERSEDED})


def visible_gradings(actor: User) -> QuerySet[Grading]:
    """Rounds of the units the actor may read."""
    return visible(actor, Grading.objects.all(), Permission.RISKS_READ)


def power_behind(actor: User, risk: Risk) -> PowerRow | None:
    """The power that a risk point hangs on, where it names one, as the actor reads it or as it was confirmed."""
    number = risk.power_id or ""
    return powers_shown(actor, [number]).get(number)


def is_retired(power: str) -> bool:
    """Whether the power of that number was taken off the list."""
    return Power.objects.filter(number=power, state=PowerState.RETIRED.value).exists()


def _power_both_ways(number: str) -> set[PowerRow | None]:
    """That power as last confirmed, and as it reads now; a retired or never confirmed one only as it stands."""
    power = Power.objects.filter(number=number).first() if number else None
    if power is None:
        return {None}
    confirmed = [] if power.state == PowerState.RETIRED.value else approved_rows(PowerRow, [power])
    return {power.to_row(), *confirmed}


def circumstances_for(
    risk: Risk, *, exemption: str = "", card_or_clue: bool = False, incompatible: bool = False
) -> Circumstances:
    """What the floors ask about a stored risk point; a 三重一大 risk is collective by itself (S26).

    The risk point is asked both as it was approved and as it reads now, and of either the power in both ways too: the
    strictest answer counts, so that nobody lowers a floor by redrafting the power, naming another one or none, or
    putting the risk under another dimension. F3 and F4 are about the post, and are declared anew in every round.
    """
    both = {(row.power, row.dimension) for row in (risk.to_row(), *approved_rows(RiskRow, [risk]))}
    asked = [
        circumstances_of(
            power,
            collective=dimension is RiskDimension.MAJOR,
            exemption=exemption,
            card_or_clue=card_or_clue,
            incompatible=incompatible,
        )
        for number, dimension in both
        for power in _power_both_ways(number)
    ]
    return reduce(strictest, asked)


def circumstances_declared(grading: Grading) -> Circumstances:
    """What the floors ask now, with what was declared when the grade of this round was proposed, if it was."""
    declared = {"card_or_clue": "F3" in grading.floors, "incompatible": "F4" in grading.floors}
    return circumstances_for(grading.risk, exemption=grading.exemption, **declared)


def previous_grade(risk: Risk) -> Grade | None:
    """The grade in force for a risk point, also one that was taken over with a list; else that of its last round."""
    rounds = Grading.objects.filter(risk=risk, state=GradingState.APPROVED.value).order_by("-round")
    last = rounds.first()
    return grade_in_force(risk) or (last.to_row().grade if last else None)


def approval_permission(row: GradingRow, before: Grade | None) -> Permission:
    """Who may approve a proposed grade; every lowering and every exemption go to the top (domain.md §3)."""
    if row.grade is None or row.exemption.strip() or (before is not None and row.grade.rank < before.rank):
        return Permission.GRADING_APPROVE_HIGH
    return APPROVAL[row.grade]


def hands_in(grading: Grading) -> list[Hand]:
    """Whose hands are in what an approval decides: who wrote the risk point, who proposed the grade, who rated (SOD39).

    A score counts as its rater's, also where the integrity office entered it from paper.
    """
    seats = Score.seats.filter(grading__number=grading.number, scored_on__isnull=False)
    rated = [Hand("", person, "评分", day) for person, day in seats.values_list("rater__number", "scored_on") if day]
    return [*rated, *hands_on(grading, grading.risk)]


def needs_minutes(row: GradingRow, before: Grade | None) -> bool:
    """Whether the approval rests on a collective decision whose minutes must be named."""
    return approval_permission(row, before) is Permission.GRADING_APPROVE_HIGH


@dataclass(frozen=True)
class GradingLine:
    """One line of the list of rounds."""

    row: GradingRow
    statement: str
    unit_name: str
    given: int
    seats: int
    shown_state: GradingState


def grading_page(actor: User, wanted: Wanted) -> tuple[Page[Grading], list[GradingLine]]:
    """One page of the rounds, with how many of the raters have scored."""
    page = page_of(visible_gradings(actor), GradingRow.kind, actor.paths(Permission.RISKS_READ), wanted, scoped=True)
    numbers, apart = [grading.number for grading in page.records], lying_apart(page.records)
    risks = dict(
        Risk.objects.filter(number__in=[one.risk_id for one in page.records]).values_list("number", "statement")
    )
    units = unit_names([unit_at(one.unit_path) for one in page.records])
    seats = Score.seats.filter(grading__number__in=numbers).values_list("grading__number")
    counted = {
        number: (given, many)
        for number, given, many in seats.annotate(given=Count("scored_on"), many=Count("id")).order_by()
    }
    lines = [
        GradingLine(
            one.to_row(),
            risks.get(str(one.risk_id), ""),
            units.get(unit_at(one.unit_path), ""),
            *counted.get(one.number, (0, 0)),
            state_shown(GradingState(one.state), needs_talk=one.number in apart),
        )
        for one in page.records
    ]
    return page, lines


@dataclass(frozen=True)
class SeatLine:
    """One rater of a round: who, in which capacity, whether they have scored; the scores once they are public."""

    person: str
    name: str
    capacity: RaterCapacity
    has_scored: bool
    score: ScoreRow | None


@dataclass(frozen=True)
class Suggestion:
    """What the rule proposes from the scores of a finished round, and how near another grade lies."""

    outcome: Outcome
    gaps: tuple[tuple[str, int], ...]
    apart: tuple[str, ...]
    """Scales on which the raters lie so far apart that they must talk it over; the others keep their median."""
    needs_reconciliation: bool
    flips: tuple[tuple[str, int, Grade], ...]


@dataclass(frozen=True)
class GradingDetail:
    """Everything that the page of one round shows."""

    row: GradingRow
    risk: RiskRow
    unit_name: str
    seats: tuple[SeatLine, ...]
    suggestion: Suggestion | None
    before: Grade | None
    power: PowerRow | None
    may_score: bool
    moves: tuple[Move[GradingState], ...]
    barred: dict[str, str]
    needs_minutes: bool
    approver: str
    history: tuple[HistoryLine, ...]

    @property
    def given(self) -> int:
        """How many raters have scored."""
        return sum(seat.has_scored for seat in self.seats)

    @property
    def shown_state(self) -> GradingState:
        """The state that people read (``state_shown``)."""
        return state_shown(self.row.state, needs_talk=bool(self.suggestion and self.suggestion.needs_reconciliation))

    @property
    def is_lowering(self) -> bool:
        """Whether the proposed grade lies below the one in force."""
        grade = self.row.grade or (self.suggestion.outcome.grade if self.suggestion else None)
        return bool(grade and self.before and grade.rank < self.before.rank)


def grading_detail(actor: User, number: str) -> GradingDetail:
    """One round: progress while it is open, scores and proposal afterwards.

    Raises:
        Absent: no such round, or not the actor's to see.
    """
    grading = visible_gradings(actor).select_related("risk").filter(number=number).first()
    if grading is None:
        raise Absent(f"没有找到编号为“{number}”的评级。")
    row = grading.to_row()
    before = row.grade_before if row.state in _ENDED else previous_grade(grading.risk)
    moves = tuple(_moves_open_to(actor, grading, before))
    apart = {step.name: approval_permission(row, before) for step in moves if step.name == "approve"}
    return GradingDetail(
        row=row,
        risk=grading.risk.to_row(),
        unit_name=unit_name(grading.risk.unit_id),
        seats=tuple(_seat_lines(number)),
        suggestion=suggestion_for(grading, circumstances_declared(grading)),
        before=before,
        power=power_behind(actor, grading.risk),
        may_score=seats_of(actor).filter(grading__number=number, scored_on__isnull=True).exists(),
        moves=moves,
        barred=barred(actor, grading, apart, lambda: hands_in(grading)),
        needs_minutes=needs_minutes(row, before),
        approver=person_names([row.approved_by]).get(row.approved_by, row.approved_by),
        history=tuple(history_of(GradingRow.kind, number)),
    )


def _moves_open_to(actor: User, grading: Grading, before: Grade | None) -> Iterator[Move[GradingState]]:
    approving = approval_permission(grading.to_row(), before)
    needed = {
        "reconcile": Permission.GRADING_PROPOSE,
        "propose": Permission.GRADING_PROPOSE,
        "return": approving,
        "approve": approving,
    }
    for step in GRADING.from_state(GradingState(grading.state)):
        if step.name in needed and actor.may(needed[step.name], grading.unit_path):
            yield step


def _seat_lines(number: str) -> Iterator[SeatLine]:
    seats = list(Score.seats.filter(grading__number=number).order_by("capacity", "rater__number"))
    names = person_names(seat.rater_id for seat in seats)
    for seat in seats:
        yield SeatLine(
            person=seat.rater_id,
            name=names.get(seat.rater_id, seat.rater_id),
            capacity=RaterCapacity(seat.capacity),
            has_scored=seat.scored_on is not None,
            score=seat.to_row() if seat.revealed else None,
        )


def suggestion_for(grading: Grading, circumstances: Circumstances | None = None) -> Suggestion | None:
    """What the rule makes of the scores; nothing while any rater is still missing.

    Scales on which raters lie too far apart take the value agreed in the reconciliation, the others the median.
    """
    scores = [score.to_row() for score in Score.objects.filter(grading__number=grading.number).order_by("number")]
    if not scores:
        return None
    gaps = tuple((scale, gap([getattr(score, scale) for score in scores])) for scale in SCALES)
    settled = tuple(_settled(grading, scale, scores) for scale in SCALES)
    outcome = outcome_of((settled[0], settled[1], settled[2]), circumstances or circumstances_for(grading.risk))
    apart = tuple(scale for scale, size in gaps if size >= grading.open_gap)
    return Suggestion(
        outcome=outcome,
        gaps=gaps,
        apart=apart,
        needs_reconciliation=grading.state == GradingState.SCORED.value and bool(apart),
        flips=tuple(flips(*settled)),
    )


def _settled(grading: Grading, scale: str, scores: list[ScoreRow]) -> int:
    agreed: int | None = getattr(grading, scale)
    keeps = grading.state != GradingState.SCORED.value
    return agreed if keeps and agreed is not None else settle([getattr(score, scale) for score in scores])


def seats_of(actor: User) -> QuerySet[Score]:
    """The actor's own seats, by the person that the account belongs to; accounts without a person have none."""
    return Score.seats.filter(rater__number=actor.person) if actor.person else Score.seats.none()


@dataclass(frozen=True)
class Waiting:
    """One round in which the actor has yet to score."""

    grading: str
    risk: RiskRow
    capacity: RaterCapacity


def waiting_for(actor: User) -> list[Waiting]:
    """Rounds that wait for this actor's scores, oldest first."""
    seats = seats_of(actor).filter(scored_on__isnull=True, grading__state=GradingState.OPEN.value)
    seats = seats.select_related("risk").order_by("id")
    return [Waiting(seat.grading_id, seat.risk.to_row(), RaterCapacity(seat.capacity)) for seat in seats]


def rated_by(actor: User) -> frozenset[str]:
    """Rounds before their approver in which this actor rated, and so may not approve (SOD39)."""
    seats = seats_of(actor).filter(scored_on__isnull=False, grading__state=GradingState.PROPOSED.value)
    return frozenset(seats.values_list("grading__number", flat=True))


@dataclass(frozen=True)
class ScoringSheet:
    """What a rater needs in order to score: the risk point and the power behind it, and nobody else's opinion."""

    grading: str
    round: int
    risk: RiskRow
    power: PowerRow | None
    capacity: RaterCapacity
    unit_name: str
    post_name: str
    is_open: bool
    own: ScoreRow | None
    is_complete: bool
    """Whether everybody has scored, so that all scores are public."""
    is_readable: bool
    """Whether this rater may also read the round itself; a reviewer from another section may not."""
    seats: tuple[SeatLine, ...]
    """Everybody's scores once all have scored, so that who rated sees what came of it; before, nobody's."""


def scoring_sheet(actor: User, number: str) -> ScoringSheet:
    """The sheet of the actor's own seat; a reviewer from another section sees the risk point here and nowhere else.

    Raises:
        Absent: the actor is not among the raters of this round.
    """
    seat = seats_of(actor).select_related("grading", "risk").filter(grading__number=number).first()
    if seat is None:
        raise Absent(
            "您不在这一轮的评分人名单里，或没有这一轮评级。", "名单由启动评级的人确定；确需参加的，请与其联系。"
        )
    risk = seat.risk.to_row()
    return ScoringSheet(
        grading=number,
        round=seat.round,
        risk=risk,
        power=power_behind(actor, seat.risk),
        capacity=RaterCapacity(seat.capacity),
        unit_name=unit_name(risk.unit),
        post_name=post_names([risk.post]).get(risk.post, ""),
        is_open=seat.scored_on is None and seat.grading.state == GradingState.OPEN.value,
        own=seat.to_row() if seat.scored_on else None,
        is_complete=seat.grading.state != GradingState.OPEN.value,
        is_readable=visible_gradings(actor).filter(number=number).exists(),
        seats=tuple(_seat_lines(number)) if seat.revealed else (),
    )


def score_rows(path: str = "") -> Iterator[ScoreRow]:
    """Scores of completed rounds under ``path`` as Rows; sealed ones are never exported."""
    scores = Score.objects.filter(unit_path__gte=path, unit_path__lt=path + "~") if path else Score.objects.all()
    return (score.to_row() for score in scores.order_by("unit_path", "number").iterator(chunk_size=2_000))


def grading_rows(path: str = "") -> Iterator[GradingRow]:
    """All rounds under ``path`` as Rows, in list order."""
    rounds = Grading.objects.filter(within((path,)) if path else Q())
    return (grading.to_row() for grading in rounds.order_by("unit_path", "number").iterator(chunk_size=2_000))


def scale_gaps(scores: Iterable[ScoreRow]) -> int:
    """The widest distance between two raters on any scale."""
    rows = list(scores)
    return max((gap([getattr(score, scale) for score in rows]) for scale in SCALES), default=0)
