"""Writing grading rounds: open, score blindly, reconcile, propose, approve (S27, S28; domain.md §3)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from lianfang.foundation.accounts.four_eyes import demand_another_hand
from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow, allow_at
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.journal.approval import approve
from lianfang.foundation.journal.moves import move
from lianfang.foundation.journal.recording import record
from lianfang.foundation.journal.verbs import Verb
from lianfang.foundation.parameters.queries.values import parameters_for
from lianfang.foundation.parameters.values import Parameters
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.substance import (
    DECISION,
    EXEMPTING,
    GROUNDS,
    LOWERING,
    MINUTES,
    REOPENING,
    RETURNING,
    demand_reason,
)
from lianfang.registers.risks.grading import RULE_VERSION, outcome_of, settle
from lianfang.registers.risks.models import Grading, Risk, Score
from lianfang.registers.risks.queries.evidence import demand_tests
from lianfang.registers.risks.queries.gradings import (
    SCALES,
    approval_permission,
    circumstances_declared,
    circumstances_for,
    hands_in,
    needs_minutes,
    previous_grade,
    suggestion_for,
    visible_gradings,
)
from lianfang.registers.risks.queries.raters import candidates_for
from lianfang.registers.risks.queries.risks import visible_risks
from lianfang.registers.risks.rows import GradingRow, RaterCapacity, ScoreRow, grading_number, score_number
from lianfang.registers.risks.states import GRADING, RISK, GradingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What a reconciliation settled on where the raters lay apart, with its written record; the rest stays ``None``."""

    record: str
    importance: int | None = None
    probability: int | None = None
    harm: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the coordinator adds to the scores: the reason, and the facts that the floors ask about."""

    reason: str
    lowering_evidence: str = ""
    exemption: str = ""
    card_or_clue: bool = False
    incompatible: bool = False


@transaction.atomic
def open_grading(
    *, actor: User, number: str, expected_version: int, raters: Mapping[str, RaterCapacity], note: str = ""
) -> GradingRow:
    """Open a round on a risk point with at least three raters, ``person number → capacity``.

    Raises:
        Invalid: too few raters, a capacity missing, or somebody who cannot sit in the capacity named.
    """
    risk = allow(actor, Permission.GRADING_OPEN, visible_risks(actor), number)
    bound = parameters_for(risk.unit_path)
    names = _fitting_raters(risk, raters, bound.least_raters)
    move(risk, RISK, "open_grading", expected_version)
    grading = _start_round(risk, raters, bound)
    seats = "、".join(f"{names[person]}（{capacity.label}）" for person, capacity in raters.items())
    record(actor, Verb.GRADING_OPENED, grading, note=f"评分人：{seats}。{note}")
    record(actor, Verb.GRADING_OPENED, risk, note=note)
    return grading.to_row()


def _fitting_raters(risk: Risk, raters: Mapping[str, RaterCapacity], least: int) -> dict[str, str]:
    known = {one.person: one for one in candidates_for(risk)}
    for person, capacity in raters.items():
        if person not in known:
            raise Invalid(f"“{person}”目前不在本局任职，不能评分。", "请从候选人中选择。")
        if capacity not in known[person].capacities:
            raise Invalid(
                f"{known[person].name}不能以“{capacity.label}”身份评分。",
                "岗位人员须在该岗位任职，负责人须是本科室负责人或局领导，评审人须来自其他科室。",
            )
    if len(raters) < least:
        raise Invalid(f"至少要 {least} 名评分人，现在只有 {len(raters)} 名。", "请补选评分人。")
    missing = [capacity.label for capacity in RaterCapacity if capacity not in raters.values()]
    if missing:
        raise Invalid(f"评分人中缺少{'、'.join(missing)}。", "岗位人员、科室负责人、跨科室评审人每种至少一名。")
    return {person: one.name for person, one in known.items()}


def _start_round(risk: Risk, raters: Mapping[str, RaterCapacity], bound: Parameters) -> Grading:
    # Not their count: rounds that were taken over may begin anywhere.
    rounds = Grading.objects.filter(risk__number=risk.number).order_by("-round").values_list("round", flat=True)
    round_number = (rounds.first() or 0) + 1
    grading = Grading.objects.create(
        number=grading_number(risk.number, round_number),
        unit_path=risk.unit_path,
        state=GradingState.OPEN.value,
        risk=risk,
        round=round_number,
        rule_version=RULE_VERSION,
        # What the bureau decides later is for later rounds (docs/decisions/0020).
        least_raters=bound.least_raters,
        open_gap=bound.open_gap,
    )
    Score.seats.bulk_create([_seat(grading, person, capacity) for person, capacity in raters.items()])
    return grading


def _seat(grading: Grading, person: str, capacity: RaterCapacity) -> Score:
    return Score(
        number=score_number(grading.risk_id, grading.round, person),
        unit_path=grading.unit_path,
        grading=grading,
        risk_id=grading.risk_id,
        round=grading.round,
        rater_id=person,
        capacity=capacity.value,
    )


@transaction.atomic
def replace_rater(
    *, actor: User, number: str, leaving: str, person: str, capacity: RaterCapacity, note: str
) -> GradingRow:
    """Put somebody else in the seat of a rater who has not scored and will not; who has scored stays.

    Raises:
        Conflict: whoever is to leave has scored, or the round is closed.
        Invalid: the other person rates already.
    """
    grading = allow(actor, Permission.GRADING_OPEN, visible_gradings(actor), number)
    demand_reason(note, REOPENING, missing="更换评分人须写明原因。", remedy="例如：已调离、需要回避。")
    # Scoring locks the same line: nobody scores between looking at the seats and clearing one.
    grading = Grading.objects.select_for_update().get(pk=grading.pk)
    seats = list(Score.seats.filter(grading__number=number))
    empty = next((seat for seat in seats if seat.rater_id == leaving and seat.scored_on is None), None)
    if empty is None or grading.state != GradingState.OPEN.value:
        raise Conflict("只能更换还没有评分的评分人。", "已经评分的，评分不能撤换；请刷新页面查看进度。")
    raters = {seat.rater_id: RaterCapacity(seat.capacity) for seat in seats if seat is not empty}
    if person in raters:
        raise Invalid("这个人已经在评分人名单里。")
    names = _fitting_raters(grading.risk, {**raters, person: capacity}, grading.least_raters)
    if not Score.seats.filter(pk=empty.pk, scored_on__isnull=True).delete()[0]:
        raise Conflict("这位评分人刚刚评了分，不能再更换。", "请刷新页面查看进度。")
    _seat(grading, person, capacity).save()
    record(actor, Verb.RATER_REPLACED, grading, note=f"{names.get(leaving, leaving)}改为{names[person]}。{note}")
    return grading.to_row()


@transaction.atomic
def reconcile_scores(*, actor: User, number: str, expected_version: int, agreed: Agreed) -> GradingRow:
    """Write down what the raters agreed on where they lay apart; nobody may settle outside what was scored.

    Raises:
        Conflict: the raters lie nowhere apart; their median stands, and nobody talks a grade up or down.
        Invalid: no record, a value outside the scores given, or one for a scale on which nobody disagreed.
    """
    grading = allow(actor, Permission.GRADING_PROPOSE, visible_gradings(actor), number)
    suggestion = suggestion_for(grading)
    if suggestion and not suggestion.apart:
        raise Conflict("评分人之间没有须会商的分差，不用会商。", "请按中位数直接提出等级。")
    demand_reason(agreed.record, MINUTES)
    scores = [score.to_row() for score in Score.objects.filter(grading__number=number)]
    apart = suggestion.apart if suggestion else ()
    settled: dict[str, Any] = {scale: _settled(getattr(agreed, scale), scale, scores, apart) for scale in SCALES}
    move(grading, GRADING, "reconcile", expected_version, reconciliation=agreed.record, **settled)
    record(actor, Verb.GRADING_RECONCILED, grading)
    return grading.to_row()


def _settled(value: int | None, scale: str, scores: list[ScoreRow], apart: Collection[str]) -> int | None:
    """What one scale comes to: the agreed value where the raters lay apart, elsewhere their median."""
    heading, given = ScoreRow.headings[scale], [getattr(score, scale) for score in scores]
    if not given:
        return value
    if scale not in apart:
        if value not in {None, settle(given)}:
            raise Invalid(
                f"“{heading}”的评分没有须会商的分差，取中位数 {settle(given)} 分，不能另定。",
                "只对分差大的项目会商。",
            )
        return settle(given)
    lowest, highest = min(given), max(given)
    if value is None:
        raise Invalid(f"请填写“{heading}”会商后的分值。", f"评分人给出 {lowest} 至 {highest} 分。")
    if not lowest <= value <= highest:
        raise Invalid(
            f"“{heading}”会商为 {value} 分，超出了评分人给出的 {lowest} 至 {highest} 分。",
            "会商是在已有评分之间求得一致；都认为评分不对的，先在其间定级，审定后写明理由启动复核，另开一轮评分。",
        )
    return value


@transaction.atomic
def propose_grade(*, actor: User, number: str, expected_version: int, proposal: Proposal) -> GradingRow:
    """Put the grade that table and floors give before its approver; nobody types a grade.

    Raises:
        Invalid: raters lie apart without reconciliation, or the grade falls without evidence.
    """
    grading = allow(actor, Permission.GRADING_PROPOSE, visible_gradings(actor), number)
    circumstances = circumstances_for(
        grading.risk,
        exemption=proposal.exemption,
        card_or_clue=proposal.card_or_clue,
        incompatible=proposal.incompatible,
    )
    if circumstances.key_area_exemption and not circumstances.key_area:
        raise Invalid("这个风险点的职权不属于重点公开领域，没有可以豁免的底线。", "请把“重点领域豁免理由”留空。")
    changes = _proposed(grading, proposal, suggestion_for(grading, circumstances))
    move(grading, GRADING, "propose", expected_version, **changes)
    record(actor, Verb.GRADING_PROPOSED, grading)
    return grading.to_row()


def _proposed(grading: Grading, proposal: Proposal, suggestion: Any) -> dict[str, Any]:
    if suggestion is None:
        raise Conflict("还有评分人没有评分，不能提出等级。", "请提醒评分人，或更换评分人。")
    if suggestion.needs_reconciliation:
        raise Invalid(f"评分人之间相差 {grading.open_gap} 分以上，须先会商并写会商记录。", "会商以后再提出等级。")
    demand_reason(proposal.reason, GROUNDS, repeats=(suggestion.outcome.grade.label,))
    outcome, before = suggestion.outcome, previous_grade(grading.risk)
    if before and outcome.grade.rank < before.rank:
        missing = f"等级由{before.label}降为{outcome.grade.label}，须写明降级证据。"
        demand_reason(proposal.lowering_evidence, LOWERING, missing=missing, repeats=(proposal.reason,))
        demand_tests(grading.risk, proposal.lowering_evidence)
    if proposal.exemption.strip():
        demand_reason(proposal.exemption, EXEMPTING)
    return {
        "importance": outcome.importance,
        "probability": outcome.probability,
        "harm": outcome.harm,
        "table_grade": outcome.table.value,
        "floors": list(outcome.floors),
        "grade": outcome.grade.value,
        "grade_before": before.value if before else "",
        "reason": proposal.reason.strip(),
        "lowering_evidence": proposal.lowering_evidence.strip(),
        "exemption": proposal.exemption.strip(),
    }


@transaction.atomic
def return_grading(*, actor: User, number: str, expected_version: int, note: str) -> GradingRow:
    """Send a proposed grade back to the coordinator; the scores stay as they are."""
    grading = allow(actor, Permission.RISKS_READ, visible_gradings(actor), number)
    allow_at(actor, approval_permission(grading.to_row(), previous_grade(grading.risk)), grading.unit_path)
    demand_reason(note, RETURNING)
    move(grading, GRADING, "return", expected_version)
    record(actor, Verb.RETURNED, grading, note=note)
    return grading.to_row()


@transaction.atomic
def approve_grade(*, actor: User, number: str, expected_version: int, basis: str = "") -> GradingRow:
    """Approve a proposed grade, at the level that its height asks for; it is frozen together with the risk point.

    Raises:
        Refused: the grade, or a lowering, belongs to a higher level (S74).
        Invalid: the minutes of the collective decision are missing, or a floor applies by now that did not before.
    """
    grading = allow(actor, Permission.RISKS_READ, visible_gradings(actor), number)
    before = previous_grade(grading.risk)
    approving = approval_permission(grading.to_row(), before)
    allow_at(actor, approving, grading.unit_path)
    demand_another_hand(actor, approving, grading, hands_in(grading))
    _demand_grounds(grading, basis, minuted=needs_minutes(grading.to_row(), before))
    today = timezone.localdate()
    move(
        grading,
        GRADING,
        "approve",
        expected_version,
        approved_by=actor.person or actor.title,
        approved_on=today,
        basis=basis.strip(),
        stale=False,
    )
    replaced = _supersede(grading)
    risk = grading.risk
    move(risk, RISK, "approve_grade", risk.version, stale=False, **_onto_risk(grading))
    for old in replaced:
        record(actor, Verb.GRADING_SUPERSEDED, old, note=f"由 {grading.number} 替代。")
    approve(risk, record(actor, Verb.GRADING_APPROVED, risk, basis=basis))
    approve(grading, record(actor, Verb.GRADING_APPROVED, grading, basis=basis))
    return grading.to_row()


def _demand_grounds(grading: Grading, basis: str, *, minuted: bool) -> None:
    if minuted:
        missing = "高风险的审定、任何降级和重点领域的豁免，须经局党组会研究，请填写会议纪要编号。"
        demand_reason(basis, DECISION, missing=missing)
    row = grading.to_row()
    if row.grade is None or row.importance is None or row.probability is None or row.harm is None:
        raise Conflict(f"{row.number} 还没有提出等级。", "请先由廉政办提出等级。")
    if row.grade_before and row.grade.rank < row.grade_before.rank:
        demand_tests(grading.risk, row.lowering_evidence)
    outcome = outcome_of((row.importance, row.probability, row.harm), circumstances_declared(grading))
    if outcome.grade.rank > row.grade.rank:
        raise Invalid(
            f"提出等级以后职权登记有变动，按底线规则现在应为{outcome.grade.label}，不能按{row.grade.label}审定。",
            "请退回，由廉政办重新提出等级。",
        )


def _supersede(grading: Grading) -> list[Grading]:
    earlier = Grading.objects.filter(risk__number=grading.risk_id, state=GradingState.APPROVED.value)
    return [move(old, GRADING, "supersede", old.version) for old in earlier.exclude(pk=grading.pk)]


def _onto_risk(grading: Grading) -> dict[str, Any]:
    """What an approved round writes to its risk point."""
    return {
        "importance": grading.importance,
        "probability": grading.probability,
        "harm": grading.harm,
        "grade": grading.grade,
        "floors": grading.floors,
        "grade_reason": grading.reason,
        "raters": Score.objects.filter(grading__number=grading.number).count(),
        "widest_gap": grading.widest_gap,
        "graded_on": grading.approved_on,
        "graded_by": grading.approved_by,
        "lowering_evidence": grading.lowering_evidence,
    }
