"""What waits for a person, as a table: register × state × permission → the next step in words."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.foundation.parameters.queries.adjustments import visible_adjustments
from lianfang.kernel.levels import Grade
from lianfang.programme.plans.queries.programmes import visible_programmes
from lianfang.programme.plans.queries.receipts import visible_receipts
from lianfang.registers.controls.models import Control
from lianfang.registers.controls.queries.controls import visible_controls
from lianfang.registers.controls.states import ControlState
from lianfang.registers.powers.queries import visible_powers
from lianfang.registers.regulations.queries import visible_regulations
from lianfang.registers.risks.models import Grading
from lianfang.registers.risks.queries.gradings import visible_gradings
from lianfang.registers.risks.queries.negatives import visible_negatives
from lianfang.registers.risks.queries.risks import visible_risks
from lianfang.registers.risks.states import GradingState, RiskState

VISIBLE: dict[str, Callable[[User], QuerySet[Any]]] = {
    "powers": visible_powers,
    "negatives": visible_negatives,
    "risks": visible_risks,
    "gradings": visible_gradings,
    "regulations": visible_regulations,
    "controls": visible_controls,
    "adjustments": visible_adjustments,
    "receipts": visible_receipts,
    "programmes": visible_programmes,
}
"""Register → what an actor may see of it."""

_IN_FORCE = Grading.objects.filter(risk=OuterRef("risk"), state=GradingState.APPROVED.value)
_ABOVE: dict[str, tuple[str, ...]] = {"LOW": ("MEDIUM", "HIGH"), "MEDIUM": ("HIGH",)}
LOWERS = functools.reduce(
    operator.or_,
    (Q(Exists(_IN_FORCE.filter(grade__in=higher)), grade=grade) for grade, higher in _ABOVE.items()),
)
"""A proposed grade below the one in force: whatever it is, the top decides (domain.md §3)."""


def _graded(grade: Grade) -> Q:
    """Gradings that the approver of ``grade`` decides on: HIGH takes every lowering besides."""
    proposed = Q(grade=grade.value)
    return proposed | LOWERS if grade is Grade.HIGH else proposed & ~LOWERS


_RISK_IN_FORCE = Q(risk__state__in=[RiskState.LIVE.value, RiskState.UNDER_REVIEW.value]) | Q(
    risk__state=RiskState.GRADING.value, risk__approved_entry__isnull=False
)


def _against(grade: Grade) -> Q:
    """Measures against risk points whose approved grade this is; a grade that an import claims sends nobody to work."""
    return Q(risk__grade=grade.value) & _RISK_IN_FORCE


OUTGROWN = _RISK_IN_FORCE & functools.reduce(
    operator.or_, (Q(grade_at_design=grade, risk__grade__in=higher) for grade, higher in _ABOVE.items())
)
"""Measures that were designed, and approved, for a lower grade than their risk point has now (S74, S77)."""
UNANSWERED = Q(
    ~Exists(Control.objects.filter(risk=OuterRef("number")).exclude(state=ControlState.RETIRED.value)),
    approved_entry__isnull=False,
)
"""Graded risk points against which nobody has designed a measure (S33)."""


@dataclass(frozen=True)
class Duty:
    """One line of the table: entries of ``kind`` in ``state`` wait for whoever holds ``permission`` over their unit.

    ``only`` narrows them further; a duty without it is counted from the tallies, which cost nothing. ``opens`` names
    another page of the entry than its own, on which the work is done.
    """

    kind: str
    state: str
    permission: Permission
    does: str
    why: str = ""
    only: Q | None = field(default=None, compare=False)
    opens: str = ""


_COMMON = Q(unit__unit_kind=UnitKind.COMMISSION.value)
P = Permission
WORK: tuple[Duty, ...] = (
    Duty("receipts", "awaited", P.PLANS_RECEIVE, "签收方案", "看过方案，知道本单位要做什么、什么时候报，然后签收。"),
    Duty("programmes", "draft", P.PLANS_CONFIRM, "确认方案", "对照原文看过读出的各项，没有错再确认。", opens="plans"),
    Duty("powers", "submitted", P.POWERS_CLEAR, "清权", "核对本科室确实这样行使，然后清权或退回。"),
    Duty("powers", "cleared", P.POWERS_CHECK, "审核合法性", "核对依据有效、层级足够、条文对应。"),
    Duty("powers", "checked", P.POWERS_CONFIRM, "确权", "局党组会研究后确权，填写会议纪要编号。"),
    Duty("powers", "under-review", P.POWERS_SUBMIT, "改好后提交", "确权后有改动或启动了复核，须重新走完程序。"),
    Duty("negatives", "submitted", P.NEGATIVE_APPROVE, "审定负面清单", "审定或写明理由退回。"),
    Duty("risks", "proposed", P.RISKS_ACCEPT, "受理风险点", "受理、合并、退回或不予采纳。"),
    Duty("risks", "accepted", P.GRADING_OPEN, "启动评级", "选定三名以上评分人。"),
    Duty("risks", "under-review", P.GRADING_OPEN, "重新评级", "复核中的风险点要重新评级，或由党组书记销号。"),
    Duty("gradings", "scored", P.GRADING_PROPOSE, "会商并提出等级", "评分已齐；分差大的先会商。"),
    Duty("gradings", "reconciled", P.GRADING_PROPOSE, "提出等级", "会商已有结论，提出等级送审。"),
    Duty("gradings", "proposed", P.GRADING_APPROVE_HIGH, "审定高风险和降级", "须有局党组会纪要。", _graded(Grade.HIGH)),
    Duty("gradings", "proposed", P.GRADING_APPROVE_MEDIUM, "审定中风险", "审定或退回。", _graded(Grade.MEDIUM)),
    Duty("gradings", "proposed", P.GRADING_APPROVE_LOW, "审定低风险", "审定或退回。", _graded(Grade.LOW)),
    Duty("controls", "submitted", P.CONTROLS_APPROVE_HIGH, "审定高风险措施", "审定或退回。", _against(Grade.HIGH)),
    Duty("controls", "submitted", P.CONTROLS_APPROVE_MEDIUM, "审定中风险措施", "审定或退回。", _against(Grade.MEDIUM)),
    Duty("controls", "submitted", P.CONTROLS_APPROVE_LOW, "审定低风险措施", "审定或退回。", _against(Grade.LOW)),
    Duty(
        "risks",
        "live",
        P.CONTROLS_DRAFT,
        "设计措施",
        "已定级的风险点还没有防控措施。",
        UNANSWERED,
        "measures",
    ),
    Duty(
        "controls",
        "in-force",
        P.CONTROLS_DRAFT,
        "按新等级重新梳理措施",
        "风险点的等级升高了，措施还是按原等级设计、审定的。",
        OUTGROWN,
    ),
    Duty("controls", "under-review", P.CONTROLS_DRAFT, "梳理后提交", "措施检验不合格或已改动，改好后重新提交。"),
    Duty(
        "regulations",
        "evaluated",
        P.REGULATIONS_DRAFT,
        "按评估结论办理",
        "新建、修订的提交草案；保留、废止的请党组书记办理。",
    ),
    Duty("regulations", "drafted", P.REGULATIONS_CHECK, "审核制度草案", "核对与上位法一致、责任可追究。"),
    Duty("regulations", "checked", P.REGULATIONS_ADOPT, "审议制度", "局党组会审议，填写会议纪要编号。"),
    Duty("regulations", "adopted", P.REGULATIONS_ENFORCE, "发布施行", "填写文号和施行日期。"),
    Duty("adjustments", "proposed", P.PARAMETERS_APPROVE, "批准参数调整", "核对理由，凭会议纪要批准或退回。", ~_COMMON),
    Duty("adjustments", "proposed", P.PARAMETERS_APPROVE_COMMON, "批准统一参数", "凭文号批准或退回。", _COMMON),
)
"""What waits for whom; scoring, which belongs to a person and not to a role, is asked of the risks room itself."""
DECIDING = frozenset({
    P.POWERS_CLEAR, P.POWERS_CHECK, P.POWERS_CONFIRM, P.NEGATIVE_APPROVE, P.RISKS_ACCEPT, P.GRADING_APPROVE_HIGH,
    P.GRADING_APPROVE_MEDIUM, P.GRADING_APPROVE_LOW, P.CONTROLS_APPROVE_HIGH, P.CONTROLS_APPROVE_MEDIUM,
    P.CONTROLS_APPROVE_LOW, P.REGULATIONS_CHECK, P.REGULATIONS_ADOPT, P.PARAMETERS_APPROVE,
    P.PARAMETERS_APPROVE_COMMON, P.PLANS_CONFIRM,
})  # fmt: skip
"""Permissions that nobody may use on what their own hand made; such entries wait for somebody else."""


@dataclass(frozen=True)
class Drafting:
    """Where an entry lies while its drafter works on it, and what the drafter does next."""

    kind: str
    state: str
    permission: Permission
    does: str


DRAFTS: tuple[Drafting, ...] = (
    Drafting("powers", "draft", P.POWERS_DRAFT, "补齐八项要素后提交清权"),
    Drafting("negatives", "draft", P.RISKS_DRAFT, "写全后提交审定"),
    Drafting("risks", "draft", P.RISKS_DRAFT, "写清表现形式和成因后提交受理"),
    Drafting("controls", "draft", P.CONTROLS_DRAFT, "写明谁做、多久一次、留什么凭证后提交审定"),
)
RETURNED: dict[str, tuple[str, str]] = {
    "powers": ("draft", "按退回理由修改后重新提交"),
    "negatives": ("draft", "按退回理由修改后重新提交"),
    "risks": ("draft", "按退回理由修改后重新提交"),
    "controls": ("draft", "按退回理由修改后重新提交"),
    "regulations": ("evaluated", "按退回理由修改草案后重新提交"),
    "gradings": ("scored", "按退回理由重新会商、提出等级"),
    "adjustments": ("returned", "按退回理由修改后重新提出"),
}
"""Register → the state that a returned entry falls back to, and what to do."""
TITLES: dict[str, str] = {
    "powers": "name", "negatives": "prohibited", "risks": "statement", "gradings": "risk__statement",
    "regulations": "title", "controls": "action", "adjustments": "name",
    "receipts": "programme__title", "programmes": "title",
}  # fmt: skip
"""Register → the field that names an entry in a line of work."""
