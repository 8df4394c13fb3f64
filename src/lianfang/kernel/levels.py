"""Risk grades HIGH, MEDIUM, LOW (S28), and how published lists spell them.

Bare numbers are never read as grades: in some published rules 一级 is the gravest and in others the mildest
(domain.md §3), so a numbered vocabulary is *ambiguous* unless its own document says which end is up.
"""

from __future__ import annotations

from lianfang.kernel.vocabulary import Word


class Grade(Word):
    """The three grades of S28; order them with ``rank``."""

    HIGH = "HIGH", "高", "高级", "高风险", "高等级", "高级风险", "高等风险", "重大风险", "重大"
    MEDIUM = "MEDIUM", "中", "中级", "中风险", "中等级", "中级风险", "中等", "中等风险", "较大风险", "较大"
    LOW = "LOW", "低", "低级", "低风险", "低等级", "低级风险", "低等风险", "一般风险", "一般"

    @property
    def rank(self) -> int:
        """3 for HIGH, 2 for MEDIUM, 1 for LOW."""
        return {"HIGH": 3, "MEDIUM": 2, "LOW": 1}[self.value]


def highest(grades: list[Grade]) -> Grade | None:
    """The highest grade of a list, or ``None`` for an empty one (S29)."""
    return max(grades, key=lambda grade: grade.rank, default=None)
