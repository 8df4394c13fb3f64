"""The sheets of all registers, for what needs neither their tables nor a database: reading a file aloud."""

from __future__ import annotations

from lianfang.foundation.documents.columns import Sheet
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, TENURES, UNITS
from lianfang.registers.controls.sheets import CARRIED, CONTROLS, TESTS
from lianfang.registers.laws.sheets import LAWS
from lianfang.registers.powers.sheets import POWERS
from lianfang.registers.regulations.sheets import REGULATIONS
from lianfang.registers.risks.sheets import GRADINGS, NEGATIVES, RISKS, SCORES, SEARCHES

SHEETS: tuple[Sheet, ...] = (
    UNITS, POSTS, PEOPLE, TENURES, LAWS, POWERS, NEGATIVES, SEARCHES, RISKS, GRADINGS, SCORES, REGULATIONS, CONTROLS,
    TESTS,
)  # fmt: skip
"""In the order of ``registers.REGISTERS``, which is the order of storing."""
CARRIED_BY = {RISKS.kind: (CARRIED, CONTROLS)}
"""Lists that also hold entries of another register: the sheet for those columns, and the one that they end up in."""
