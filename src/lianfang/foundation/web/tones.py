"""How a state, a grade and a severity look: always a shape and a word, with colour only in addition (WCAG 1.4.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lianfang.kernel.findings import Severity
from lianfang.kernel.levels import Grade

DRAFTING: Final = "drafting"
WAITING: Final = "waiting"
SETTLED: Final = "settled"
REOPENED: Final = "reopened"
ENDED: Final = "ended"
"""The five moods of a state: being written, waiting for somebody, in force, opened again, over."""

_TONE_OF: Final = {
    **dict.fromkeys(("draft", "planned", "not-started", "new"), DRAFTING),
    **dict.fromkeys(("confirmed", "approved", "live", "in-force", "adopted", "verified", "done", "published"), SETTLED),
    **dict.fromkeys(("under-review", "returned", "stale", "overdue", "rework"), REOPENED),
    **dict.fromkeys(
        ("retired", "closed", "merged", "rejected", "withdrawn", "superseded", "repealed", "cancelled", "void"), ENDED
    ),
}


def tone_of(code: str) -> str:
    """The mood of a state by its code; whatever is not listed is on its way and waits for somebody."""
    return _TONE_OF.get(code, WAITING)


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign that reads without colour: its class, its shape or icon name, and its word."""

    css: str
    shape: str
    word: str


GRADE_MARKS: Final = {
    Grade.HIGH: Mark("grade-high", "▲", "高"),
    Grade.MEDIUM: Mark("grade-medium", "◆", "中"),
    Grade.LOW: Mark("grade-low", "●", "低"),
}
UNGRADED: Final = Mark("grade-none", "○", "未定级")
SEVERITY_MARKS: Final = {
    Severity.ERROR: Mark("severity-error", "circle-x", "错误"),
    Severity.WARNING: Mark("severity-warning", "alert-triangle", "警告"),
    Severity.HINT: Mark("severity-hint", "info-circle", "提示"),
}


def grade_mark(grade: str | None) -> Mark:
    """The mark of a grade given as member, code or word; nothing gives 未定级.

    Raises:
        ValueError: for a word that is no grade.
    """
    if not grade:
        return UNGRADED
    found = Grade.read(grade)
    if found is None:
        raise ValueError(f"“{grade}”不是风险等级。")
    return GRADE_MARKS[found]
