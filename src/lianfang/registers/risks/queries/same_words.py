"""Risk points that say the very same sentence as one that waits to be accepted."""

from __future__ import annotations

from django.db.models import Q

from lianfang.foundation.accounts.models import User
from lianfang.foundation.accounts.permission import visible, within
from lianfang.foundation.accounts.roles import Permission
from lianfang.foundation.lint.wording import plain
from lianfang.foundation.organisation.queries import bureau_of
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.rules.merging import STANDING


def same_words(actor: User, risk: Risk) -> tuple[str, ...]:
    """Numbers of the other standing risk points of its bureau that say the same but for spaces and punctuation.

    Only those that the actor reads whole: of a text read only as approved, no draft may be told by comparison. Outside
    every bureau it is held against those of its own unit.
    """
    said = plain(risk.statement)
    if not said:
        return ()
    bureau = bureau_of(risk.unit_path)
    around = within((bureau.path,)) if bureau else Q(unit_path=risk.unit_path)
    others = visible(actor, Risk.objects.exclude(pk=risk.pk), Permission.RISKS_READ)
    standing = others.filter(around, state__in=[state.value for state in STANDING]).order_by("unit_path", "number")
    texts = standing.values_list("number", "statement").iterator(chunk_size=2_000)
    return tuple(number for number, text in texts if plain(text) == said)
