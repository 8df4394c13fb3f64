"""How good a unit's entries are, in each of the four questions, always shown with the counts behind the share.

For a unit *u* and a dimension *d* (准, 全, 深, 序)::

    share(u, d) = Σ weight(o) over objects o of u without an open error or warning of dimension d
                  ÷ Σ weight(o) over all objects o of u that a rule of dimension d looked at

An object is a register entry; its weight is the rank of its risk grade (3 high, 2 medium, 1 low), and 1 where it has
none. Hints and waived findings do not count against it (domain.md §5, S54).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from lianfang.foundation.lint.material import Material
from lianfang.foundation.lint.rule import Rule
from lianfang.kernel.findings import Dimension, Finding, Severity
from lianfang.kernel.levels import Grade
from lianfang.kernel.rows import Row

Object = tuple[str, str]
"""Register and number of an entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One unit's answer to one question: weights and counts of clean and of all objects."""

    unit: str
    dimension: Dimension
    clean: int
    objects: int
    clean_weight: int
    weight: int

    @property
    def per_cent(self) -> int:
        """The share in whole per cent, rounded down, so that 100 means that nothing is open."""
        return 100 * self.clean_weight // self.weight if self.weight else 100


def weight_of(row: object) -> int:
    """Rank of the entry's risk grade, or 1."""
    grade = getattr(row, "grade", None) or getattr(row, "grade_at_design", None)
    return grade.rank if isinstance(grade, Grade) else 1


def scores(rules: Iterable[Rule], material: Material, findings: Iterable[Finding]) -> tuple[Score, ...]:
    """Scores of all units in all dimensions that some rule of ``rules`` looked at, ordered by unit and dimension."""
    faulty: defaultdict[Dimension, set[Object]] = defaultdict(set)
    for finding in findings:
        if finding.dimension and finding.severity in {Severity.ERROR, Severity.WARNING}:
            faulty[finding.dimension].add((finding.kind, finding.number))
    found: list[Score] = []
    for dimension, registers in _looked_at(rules, material).items():
        found += _of_dimension(dimension, registers, material, faulty[dimension])
    order = list(Dimension)
    return tuple(sorted(found, key=lambda score: (score.unit, order.index(score.dimension))))


def _looked_at(rules: Iterable[Rule], material: Material) -> dict[Dimension, set[type[Row]]]:
    registers: defaultdict[Dimension, set[type[Row]]] = defaultdict(set)
    for rule in rules:
        registers[rule.dimension] |= {rule.subject} if rule.subject else set(material.inspected)
    return registers


def _of_dimension(
    dimension: Dimension, registers: set[type[Row]], material: Material, faulty: set[Object]
) -> Iterable[Score]:
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in _objects(registers, material, faulty):
        weight = weight_of(row)
        clean = int((row.kind, row.number) not in faulty)
        counts = totals[material.unit_of(row)]
        for place, amount in enumerate((clean, 1, weight * clean, weight)):
            counts[place] += amount
    for unit, (clean, objects, clean_weight, weight) in totals.items():
        yield Score(
            unit=unit, dimension=dimension, clean=clean, objects=objects, clean_weight=clean_weight, weight=weight
        )


def _objects(registers: set[type[Row]], material: Material, faulty: set[Object]) -> Iterable[Row]:
    """Entries of the registers looked at, and entries of other registers that a finding names."""
    for register in registers:
        yield from material.of(register)
    kinds = {register.kind for register in registers}
    for kind, number in sorted(faulty):
        named = None if kind in kinds else material.entry(kind, number)
        if named is not None:
            yield named
