"""Adopting gradings that were approved before the bureau used this system, with the scores they rest on."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence

from django.db import transaction

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import allow_intake
from lianfang.foundation.catalogue.bulk import insert
from lianfang.foundation.journal.approval import approve_many
from lianfang.foundation.journal.recording import SALT_BYTES, Written, record_many
from lianfang.foundation.journal.storing import Stored, store
from lianfang.foundation.lint.adopting import terms_on
from lianfang.kernel.errors import Conflict, Invalid
from lianfang.kernel.rows import field_names
from lianfang.registers.risks.models import UNFINISHED, Grading, Score
from lianfang.registers.risks.queries.risks import risk_places
from lianfang.registers.risks.rows import GradingRow, ScoreRow, grading_number
from lianfang.registers.risks.states import GradingState

SEAT_COLUMNS = (*field_names(ScoreRow), "unit_path", "grading_id", "salt", "revealed")


@transaction.atomic
def adopt_gradings(*, actor: User, rows: Sequence[GradingRow], source: str, adopted: str = "") -> Stored:
    """Take over approved gradings; an unfinished round cannot be adopted, it is opened here.

    Raises:
        Conflict: a line would change a grade that was approved here, or a risk point is being graded here.
        Invalid: without the decision they were approved by, or with a round that is not finished.
    """
    places, terms = risk_places(row.risk for row in rows), terms_on(source, adopted)
    allowed = allow_intake(actor, terms, (place.unit_path for place in places.values()))
    if not terms.adopted:
        raise Invalid(
            "评级不能当作草稿导入。", "请在系统里启动评级；使用本系统之前已审定的，请选择“承接”并写明审定依据。"
        )
    unfinished = [row.number for row in rows if row.state not in {GradingState.APPROVED, GradingState.SUPERSEDED}]
    if unfinished:
        raise Invalid("只能承接已经审定的评级。", "没有完成的评级请在系统里重新启动。", details=unfinished[:20])
    _refuse_running(places)
    stored = store(
        Grading,
        rows,
        lambda row: places[row.risk].unit_path,
        ignore=terms.ignored(),
        locked=terms.locked(lambda _grading: True),
        allowed=allowed,
    )
    record_many(actor, terms.verb, stored.changes, basis=terms.basis, note=source)
    approve_many(Grading, stored.in_states({GradingState.APPROVED}))
    return stored


def _refuse_running(risks: Iterable[str]) -> None:
    """An adopted round beside a running one would leave two that both mean to be the last."""
    unfinished = [state.value for state in UNFINISHED]
    running = Grading.objects.filter(risk__number__in=list(risks), state__in=unfinished).order_by("number")
    if named := list(running.values_list("number", flat=True)[:20]):
        raise Conflict("有风险点正在本系统评级，不能承接它的评级，整批没有导入。", "请先办结这些评级。", details=named)


@transaction.atomic
def adopt_scores(*, actor: User, rows: Sequence[ScoreRow], source: str, adopted: str) -> Stored:
    """Take over the scores behind adopted gradings; they are revealed from the start, because the rounds are over.

    Raises:
        Invalid: a score belongs to no adopted grading.
    """
    places, terms = risk_places(row.risk for row in rows), terms_on(source, adopted)
    allow_intake(actor, terms, (place.unit_path for place in places.values()))
    rounds = set(Grading.objects.filter(risk__number__in=list(places)).values_list("number", flat=True))
    known = set(Score.seats.filter(risk__number__in=list(places)).values_list("number", flat=True))
    fresh = [row for row in rows if row.number not in known]
    strangers = [row.number for row in fresh if grading_number(row.risk, row.round) not in rounds]
    if strangers:
        raise Invalid("有评分找不到它的评级。", "请先承接评级，再承接评分。", details=strangers[:20])
    insert(Score, _COLUMNS, [_seat(row, places[row.risk].unit_path) for row in fresh])
    changes = tuple(Written(places[row.risk].unit_path, row) for row in fresh)
    record_many(actor, terms.verb, changes, basis=terms.basis, note=source)
    return Stored(tuple(row.number for row in fresh), (), len(rows) - len(fresh), changes)


_COLUMNS = tuple({"risk": "risk_id", "rater": "rater_id"}.get(name, name) for name in SEAT_COLUMNS)


def _seat(row: ScoreRow, path: str) -> list[object]:
    values = [getattr(row, name) for name in field_names(ScoreRow)]
    return [*values, path, grading_number(row.risk, row.round), secrets.token_bytes(SALT_BYTES), True]
