"""A waiver (豁免) as a frozen value: which finding of which entry is tolerated, why, by whose approval, until when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from lianfang.kernel.rows import Row, digest, field_names

_NOT_TEXT = frozenset({"state", "version"})
_JUDGED = ("grade",)
"""What rules read beside the guarded fields; it is no text, but a waiver for a low risk says nothing of a high one."""


def text_digest(row: Row | None) -> str:
    """Fingerprint of what is tolerated when a finding about ``row`` is: its guarded fields and its grade.

    Of an entry that guards no fields, all but state and version count; where there is no entry it is empty.
    """
    if row is None:
        return ""
    names = field_names(type(row))
    guarded: tuple[str, ...] = getattr(row, "guarded", ())
    counted = {*guarded, *_JUDGED} if guarded else set(names) - _NOT_TEXT
    return digest(row, tuple(name for name in names if name in counted))


@dataclass(frozen=True, slots=True, kw_only=True)
class WaiverRow:
    """One tolerated finding; the day named in ``expires`` is the last on which it holds (domain.md §5).

    ``entry_kind`` and ``entry`` name the register entry as a finding does: its register and its number. ``text`` is the
    fingerprint of what was tolerated (:func:`text_digest`): once the entry says something else, nobody tolerated that.
    """

    kind: ClassVar[str] = "waivers"
    label: ClassVar[str] = "豁免"
    headings: ClassVar[dict[str, str]] = {
        "number": "豁免编号", "rule": "规则代码", "entry_kind": "所属清单", "entry": "条目编号", "reason": "理由",
        "approver": "批准人", "expires": "有效期至", "text": "内容指纹",
    }  # fmt: skip

    number: str
    rule: str
    entry_kind: str
    entry: str
    reason: str
    approver: str
    expires: datetime.date
    text: str = ""

    @property
    def title(self) -> str:
        """Shown as the rule and the entry."""
        return f"{self.rule} {self.entry}"

    @property
    def is_complete(self) -> bool:
        """A waiver without reason or approver waives nothing."""
        return bool(self.reason.strip() and self.approver.strip())

    def holds_on(self, day: datetime.date) -> bool:
        """Whether the waiver is complete and has not expired on ``day``."""
        return self.is_complete and day <= self.expires

    def covers(self, row: Row | None) -> bool:
        """Whether the entry still says what it said when this was granted."""
        return self.text == text_digest(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRunRow:
    """One check of one bureau as the journal knows it: the day, how many rules ran, and what they counted."""

    kind: ClassVar[str] = "checks"
    label: ClassVar[str] = "检查"
    headings: ClassVar[dict[str, str]] = {
        "number": "检查编号", "unit": "单位编号", "day": "检查日期", "rules": "规则数", "entries": "条目数",
        "errors": "错误", "warnings": "警告", "hints": "提示", "waived": "已豁免",
    }  # fmt: skip

    number: str
    unit: str
    day: datetime.date
    rules: int
    entries: int
    errors: int
    warnings: int
    hints: int
    waived: int

    @property
    def title(self) -> str:
        """Shown as unit and day."""
        return f"{self.unit} {self.day.isoformat()} 的检查"
