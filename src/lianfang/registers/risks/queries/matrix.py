"""The risk matrix: risk points in force by probability and harm, with their importance and approved grades."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from lianfang.foundation.accounts.models import User
from lianfang.foundation.journal.models import REWRITTEN
from lianfang.foundation.journal.queries import approved_rows
from lianfang.kernel.levels import Grade, highest
from lianfang.registers.risks.grading import SCORES, table_grade
from lianfang.registers.risks.models import Risk
from lianfang.registers.risks.queries.risks import IN_FORCE, under, visible_risks
from lianfang.registers.risks.rows import RiskRow


@dataclass(frozen=True)
class Dot:
    """Risk points of one importance in one cell, by approved grade (floors may raise it above the table)."""

    importance: int
    grade: Grade | None
    count: int


@dataclass(frozen=True)
class MatrixCell:
    """One probability and one harm: what the table says over all importances, and what lies there."""

    probability: int
    harm: int
    dots: tuple[Dot, ...]

    @property
    def total(self) -> int:
        """Risk points in this cell."""
        return sum(dot.count for dot in self.dots)

    @property
    def range(self) -> tuple[Grade, Grade]:
        """Lowest and highest grade of the table here, as importance goes from 1 to 5."""
        grades = [table_grade(importance, self.probability, self.harm) for importance in SCORES]
        return min(grades, key=lambda grade: grade.rank), highest(grades) or grades[0]

    @property
    def says(self) -> str:
        """The range in words."""
        low, high = self.range
        return low.label if low is high else f"{low.label}—{high.label}"


@dataclass(frozen=True)
class Matrix:
    """The grid, harm from 5 down, probability from 1 up; and what has no place in it."""

    rows: tuple[tuple[int, tuple[MatrixCell, ...]], ...]
    total: int
    by_grade: tuple[tuple[Grade, int], ...]


def risk_matrix(actor: User, path: str = "") -> Matrix:
    """Risk points in force that the actor may read, as they were approved, under ``path`` where one is given."""
    dots: dict[tuple[int, int], list[Dot]] = {}
    totals = dict.fromkeys(Grade, 0)
    for (probability, harm, importance, grade), many in _counted(under(visible_risks(actor), path)).items():
        if probability is None or harm is None or importance is None:
            continue
        dots.setdefault((probability, harm), []).append(Dot(importance, grade, many))
        if grade:
            totals[grade] += many
    rows = tuple((harm, tuple(_cell(probability, harm, dots) for probability in SCORES)) for harm in reversed(SCORES))
    return Matrix(rows, sum(cell.total for _, cells in rows for cell in cells), tuple(totals.items()))


def _counted(risks: QuerySet[Risk]) -> Counter[tuple[int | None, int | None, int | None, Grade | None]]:
    """How many risk points in force have these scores and this grade, each as it was approved; three queries."""
    in_force = risks.filter(IN_FORCE)
    names = ("probability", "harm", "importance", "grade")
    grouped = in_force.filter(~REWRITTEN).values_list(*names).annotate(many=Count("id")).order_by()
    counted = Counter({(p, h, i, Grade(grade) if grade else None): many for p, h, i, grade, many in grouped})
    rewritten = approved_rows(RiskRow, in_force.filter(REWRITTEN))
    counted.update((row.probability, row.harm, row.importance, row.grade) for row in rewritten)
    return counted


def _cell(probability: int, harm: int, dots: dict[tuple[int, int], list[Dot]]) -> MatrixCell:
    here = sorted(dots.get((probability, harm), ()), key=lambda dot: -dot.importance)
    return MatrixCell(probability, harm, tuple(here))
