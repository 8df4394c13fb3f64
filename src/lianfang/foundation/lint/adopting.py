"""Taking a list over as approved rests on a decision that can be looked up (docs 0017): the only way to such terms."""

from __future__ import annotations

from lianfang.foundation.journal.storing import Terms
from lianfang.kernel.substance import DECISION, demand_reason


def terms_on(source: str, adopted: str = "") -> Terms:
    """Terms for a list from ``source``: an ordinary one, or one that the decision ``adopted`` approved before.

    Nobody else signs for an adopted list, because its decision lies before this system: so it has to be named, with the
    number under which it is kept. A blank is not nothing here, it is a decision that is not named.

    Raises:
        Invalid: ``adopted`` names no decision, or none that could be found again.
    """
    if not adopted:
        return Terms(source)
    return Terms(source, demand_reason(adopted, DECISION, missing="承接已审定的清单，须写明是哪一次决定审定的。"))
