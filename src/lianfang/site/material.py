"""Everything that the rules may look at, for one bureau, from the database."""

from __future__ import annotations

import datetime

from lianfang.foundation.lint.engine import run
from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.queries import waivers_under
from lianfang.foundation.lint.report import Report
from lianfang.site.registers import REGISTERS
from lianfang.site.rules import RULES


def material_under(path: str, today: datetime.date) -> Material:
    """All registers below the unit at ``path`` ("" for everything), with the shared law table."""
    rows = [row for register in REGISTERS for row in register.rows(path)]
    return Material(rows, today=today, registers=[register.row for register in REGISTERS])


def report_on(path: str, today: datetime.date) -> Report:
    """What all rules say about one bureau today, waivers applied."""
    return run(RULES, material_under(path, today), waivers=waivers_under(path))
