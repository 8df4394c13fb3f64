"""The risk matrix: risk points in force by probability and harm, with their importance and approved grades."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from lianfang.foundation.accounts.models import User
from lianfang.kernel.levels import Grade, highest
from lianfang.registers.risks.grading import SCORES, table_grade
from lianfang.registers.risks.queries.risks import IN_FORCE, under, visible_risks


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
    """Risk points in force that the actor may read, under ``path`` where one is given; one grouped query."""
    in_force = under(visible_risks(actor).filter(IN_FORCE), path).filter(probability__isnull=False)
    grouped = in_force.values_list("probability", "harm", "importance", "grade").annotate(many=Count("id")).order_by()
    dots: dict[tuple[int, int], list[Dot]] = {}
    totals = dict.fromkeys(Grade, 0)
    for probability, harm, importance, grade, many in grouped:
        if probability is None or harm is None or importance is None:
            continue
        known = Grade(grade) if grade else None
        dots.setdefault((probability, harm), []).append(Dot(importance, known, many))
        if known:
            totals[known] += many
    rows = tuple((harm, tuple(_cell(probability, harm, dots) for probability in SCORES)) for harm in reversed(SCORES))
    return Matrix(rows, sum(cell.total for _, cells in rows for cell in cells), tuple(totals.items()))


def _cell(probability: int, harm: int, dots: dict[tuple[int, int], list[Dot]]) -> MatrixCell:
    here = sorted(dots.get((probability, harm), ()), key=lambda dot: -dot.importance)
    return MatrixCell(probability, harm, tuple(here))
