"""Writing scores: sealed when they are given, revealed together when the last rater has scored, never changed."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_anywhere, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.models import Entry
from lianfang.foundation.journal.moves import move
from lianfang.foundation.journal.recording import Written, record, record_many
from lianfang.foundation.journal.records import columns_of
from lianfang.foundation.journal.storing import Stored
from lianfang.foundation.journal.verbs import Verb
from lianfang.kernel.bigrams import plain
from lianfang.kernel.errors import Conflict, Invalid, Refused
from lianfang.kernel.rows import canonical_bytes, commitment
from lianfang.kernel.substance import EVIDENCE, demand_reason, is_empty_reason
from lianfang.registers.risks.anchors import ANCHORS
from lianfang.registers.risks.grading import SCORES
from lianfang.registers.risks.models import Grading, Score
from lianfang.registers.risks.queries.gradings import SCALES, scale_gaps, seats_of
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, ScoreRow, SealedScoreRow
from lianfang.registers.risks.states import GRADING, GradingState

SALT_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Three scores 1 to 5, each with the evidence it rests on."""

    importance: int
    probability: int
    harm: int
    importance_note: str
    probability_note: str
    harm_note: str


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A given score as the journal may know it before the round is complete."""

    row: ScoreRow
    salt: bytes
    unit_path: str

    def to_row(self) -> SealedScoreRow:
        """Who scored, when, and the seal."""
        return SealedScoreRow(
            number=self.row.number,
            risk=self.row.risk,
            round=self.row.round,
            rater=self.row.rater,
            seal=commitment(self.salt, canonical_bytes(self.row)),
            scored_on=self.row.scored_on,
        )


@transaction.atomic
def score_risk(*, actor: User, number: str, given: Given) -> GradingRow:
    """Take one's seat in the round ``number``: three scores and their evidence, sealed until everybody has scored.

    Raises:
        Refused: the actor is not among the raters of this round.
        Conflict: the actor has scored already, or the round is over; scores are never changed.
        Invalid: a score outside 1 to 5, or without evidence.
    """
    allow_anywhere(actor, Permission.GRADING_SCORE)
    seat = seats_of(actor).filter(grading__number=number).first()
    if seat is None:
        raise Refused("您不在这一轮的评分人名单里。", "名单由启动评级的人确定；确需参加的，请与其联系。")
    grading = Grading.objects.select_for_update().get(number=number)
    row = _score_of(seat, given, timezone.localdate())
    sealed = _take(seat, row, grading)
    record(actor, Verb.SCORE_GIVEN, sealed)
    _reveal_if_complete(actor, grading)
    return grading.to_row()


@transaction.atomic
def import_scores(*, actor: User, rows: Sequence[ScoreRow], source: str) -> Stored:
    """Enter scores that were given on paper, for open rounds and raters on their lists; what is stored never changes.

    Asked of the coordinator alone: whoever enters paper sheets has seen them, and must not be a judge of the grade.

    Raises:
        Conflict: a rater has scored already, differently, or the round is over.
        Invalid: no such round, or the rater is not on its list.
    """
    gradings = _rounds_of(rows)
    for path in sorted({grading.unit_path for grading in gradings.values()}):
        allow_at(actor, Permission.REGISTERS_IMPORT, path)
        allow_at(actor, Permission.GRADING_PROPOSE, path)
    known = {score.number: score.to_row() for score in Score.objects.filter(number__in=[row.number for row in rows])}
    fresh = [row for row in rows if known.get(row.number) != row]
    seats = [_paper_seat(row, gradings[row.risk, row.round]) for row in fresh]
    sealed = [_take(seat, row, gradings[row.risk, row.round]) for seat, row in zip(seats, fresh, strict=True)]
    changes = tuple(Written(one.unit_path, one.to_row()) for one in sealed)
    record_many(actor, Verb.SCORE_GIVEN, changes, note=source)
    for grading in {gradings[row.risk, row.round].pk: gradings[row.risk, row.round] for row in fresh}.values():
        _reveal_if_complete(actor, grading)
    return Stored(tuple(row.number for row in fresh), (), len(rows) - len(fresh), changes)


def _rounds_of(rows: Sequence[ScoreRow]) -> dict[tuple[str, int], Grading]:
    found = Grading.objects.select_for_update().filter(risk__in={row.risk for row in rows})
    gradings = {(grading.risk_id, grading.round): grading for grading in found}
    for row in rows:
        if (row.risk, row.round) not in gradings:
            raise Invalid(f"风险点 {row.risk} 没有第 {row.round} 轮评级。", "请先启动评级，确定评分人，再导入评分表。")
    return gradings


def _paper_seat(row: ScoreRow, grading: Grading) -> Score:
    """The seat that a paper sheet belongs to."""
    seat = Score.seats.filter(grading__number=grading.number, rater__number=row.rater).first()
    if seat is None:
        raise Invalid(f"{row.rater} 不在 {grading.number} 的评分人名单里。", "请核对评分人，或请启动评级的人更换。")
    if seat.capacity != row.capacity.value:
        named = RaterCapacity(seat.capacity).label
        raise Invalid(f"{row.rater} 在 {grading.number} 的评分身份是“{named}”，与评分表不符。", "请核对评分表。")
    _check(Given(**{name: getattr(row, name) for name in Given.__dataclass_fields__}))
    return seat


def _check(given: Given) -> None:
    """Three scores from 1 to 5, each resting on a fact of its own that the scale does not say itself.

    Raises:
        Invalid: they do not; where several lack their evidence, ``details`` has a sentence for each.
    """
    for scale in SCALES:
        if getattr(given, scale) not in SCORES:
            raise Invalid(f"“{ScoreRow.headings[scale]}”要打 1 至 5 的整数分。", "请对照旁边的标准选择。")
    faults = [fault for scale in SCALES if (fault := _fault_of_evidence(given, scale))]
    if len(faults) > 1:
        said = tuple(fault.message for fault in faults)
        raise Invalid(f"有 {len(faults)} 项评分没有写出可以核对的事实或者依据。", faults[0].remedy, details=said)
    if faults:
        raise faults[0]
    _demand_different_evidence(given)


def _fault_of_evidence(given: Given, scale: str) -> Invalid | None:
    heading, note = ScoreRow.headings[scale], getattr(given, f"{scale}_note")
    try:
        demand_reason(note, EVIDENCE, missing=f"请写明“{heading}”的依据。", repeats=(heading,))
    except Invalid as fault:
        return Invalid(fault.message if heading in fault.message else f"{heading}：{fault.message}", fault.remedy)
    # Only a note that adds nothing to the words of the scale: who quotes them and adds a fact has said one.
    if any(_only_repeats(note, anchor) for anchors in ANCHORS.values() for anchor in anchors):
        return Invalid(
            f"{heading}：评分依据“{_shown(note.strip())}”只是照抄了评分标准，没有写出可以核对的事实或者依据。",
            f"请{EVIDENCE.wants}，例如：“{EVIDENCE.example}”。",
        )
    return None


def _only_repeats(note: str, anchor: str) -> bool:
    return plain(anchor) in plain(note) and is_empty_reason(note, EVIDENCE, repeats=(anchor, "锚点", "标准"))


def _demand_different_evidence(given: Given) -> None:
    first, *others = (getattr(given, f"{scale}_note").strip() for scale in SCALES)
    if all(is_empty_reason(note, EVIDENCE, repeats=(first,)) for note in others):
        raise Invalid(
            f"三项评分写的是同一条依据：“{_shown(first)}”。",
            "三项分别说影响多大、多常发生、后果多重，请各写一条能够核对的事实，"
            "例如：“可直接办结许可”“近两年有一起投诉”“一次多付三万元”。",
        )


def _shown(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"


def _score_of(seat: Score, given: Given, day: datetime.date) -> ScoreRow:
    _check(given)
    return ScoreRow(
        number=seat.number,
        risk=seat.risk_id,
        round=seat.round,
        rater=seat.rater_id,
        capacity=RaterCapacity(seat.capacity),
        scored_on=day,
        **{name: getattr(given, name) for name in Given.__dataclass_fields__},
    )


def _take(seat: Score, row: ScoreRow, grading: Grading) -> _Sealed:
    """Fill an empty seat of an open round, once."""
    if grading.state != GradingState.OPEN.value:
        raise Conflict(f"{grading.number} 的评分已经结束。", "评分结束后不能补评，也不能改分；需要时启动新一轮评级。")
    salt = secrets.token_bytes(SALT_BYTES)
    kept = {name: value for name, value in columns_of(Score, row).items() if name not in {"number", "round"}}
    if not Score.seats.filter(pk=seat.pk, scored_on__isnull=True).update(salt=salt, **kept):
        raise Conflict("您已经评过分，评分不能修改。", "需要更正的，请在会商时说明，会商记录会保留您的意见。")
    return _Sealed(row, salt, seat.unit_path)


def _reveal_if_complete(actor: User, grading: Grading) -> None:
    """When the last seat is taken, make all scores of the round readable, and let the journal say so in clear."""
    if Score.seats.filter(grading__number=grading.number, scored_on__isnull=True).exists():
        return
    Score.seats.filter(grading__number=grading.number).update(revealed=True)
    scores = [score.to_row() for score in Score.objects.filter(grading__number=grading.number).order_by("number")]
    move(grading, GRADING, "complete", grading.version, widest_gap=scale_gaps(scores))
    sealed = _recorded([score.number for score in scores])
    record(actor, Verb.SCORES_REVEALED, grading)
    record_many(
        actor,
        Verb.SCORES_REVEALED,
        [Written(grading.unit_path, score, sealed.get(score.number, "")) for score in scores],
    )


def _recorded(numbers: Sequence[str]) -> dict[str, str]:
    """What the journal holds of these scores: their seals."""
    entries = Entry.objects.filter(kind=ScoreRow.kind, number__in=list(numbers)).order_by("id")
    return dict(entries.values_list("number", "after"))
