"""A power (职权) as one frozen value: the eight fields of S20, its classification, and the steps of its procedure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from lianfang.kernel.areas import KeyArea
from lianfang.kernel.vocabulary import Word
from lianfang.registers.powers.states import PowerState


class PowerCategory(Word):
    """The ten classes of the 2015 guidance on power lists (domain.md N3)."""

    PERMIT = "permit", "行政许可", "许可", "行政审批"
    PENALTY = "penalty", "行政处罚", "处罚"
    COERCION = "coercion", "行政强制", "强制"
    LEVY = "levy", "行政征收", "征收"
    PAYMENT = "payment", "行政给付", "给付"
    INSPECTION = "inspection", "行政检查", "检查", "监督检查"
    CONFIRMATION = "confirmation", "行政确认", "确认"
    REWARD = "reward", "行政奖励", "奖励"
    RULING = "ruling", "行政裁决", "裁决"
    OTHER = "other", "其他职权", "其他", "其他权力", "其他行政权力", "其他类"


class Visibility(Word):
    """Towards whom the power is exercised; both lists are published, to different audiences (S37)."""

    EXTERNAL = "external", "外部", "外部权力", "对外"
    INTERNAL = "internal", "内部", "内部权力", "对内"


class LimitUnit(Word):
    """Unit of a time limit; workdays and natural days are never mixed up (S20, N22)."""

    WORKDAY = "workday", "个工作日", "工作日"
    DAY = "day", "日", "天", "个自然日", "自然日"
    MONTH = "month", "个月", "月"
    YEAR = "year", "年"
    HOUR = "hour", "小时"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A typed time limit: how many of which unit, from which event; ``text`` keeps what could not be typed."""

    amount: int | None = None
    unit: LimitUnit | None = None
    start: str = ""
    text: str = ""

    @property
    def is_typed(self) -> bool:
        """Whether amount and unit are known."""
        return self.amount is not None and self.unit is not None

    @classmethod
    def read(cls, text: str) -> Self:
        """Read 20个工作日（自受理之日起）, 即时办结, 三十日内; what is not understood stays text, not guessed."""
        wording = text.strip()
        if wording in {"当场", "即时", "即办", "当场办结", "即时办结", "即办件"}:
            return cls(0, LimitUnit.DAY, "", "")
        found = _LIMIT.fullmatch(wording)
        if not found:
            return cls(text=wording)
        unit = LimitUnit.read(found["unit"])
        amount = read_number(found["amount"])
        if unit is None or amount is None:
            return cls(text=wording)
        start = (found["start"] or found["before"] or "").strip()
        return cls(amount, unit, start)

    def __str__(self) -> str:
        if not self.is_typed:
            return self.text
        if self.amount == 0 and self.unit is LimitUnit.DAY:
            return "当场办结"
        unit = self.unit.label if self.unit else ""
        return f"{self.amount}{unit}（{self.start}）" if self.start else f"{self.amount}{unit}"


_AMOUNT = r"(?P<amount>\d{1,4}|[零一二三四五六七八九十百]{1,5})"
_UNIT = r"(?P<unit>个?工作日|个?自然日|个月|小时|日|天|月|年)"
_LIMIT = re.compile(
    rf"(?:(?P<before>自[^，,]{{2,30}}起)[，,]?)?{_AMOUNT}{_UNIT}内?(?:[（(](?P<start>[^（）()]+)[）)])?"
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}


def read_number(text: str) -> int | None:
    """An Arabic or Chinese number below 1000, or ``None``; 一百五 may be 105 or 150 and is not guessed."""
    if text.isdecimal():
        return int(text)
    hundreds, hundred, rest = text.rpartition("百")
    if hundred and rest and "十" not in rest and not rest.startswith("零"):
        return None
    tens, ten, ones = rest.removeprefix("零").rpartition("十")
    try:
        value = (_DIGITS[hundreds] if hundreds else 1) * 100 if hundred else 0
        value += (_DIGITS[tens] if tens else 1) * 10 if ten else 0
        return value + (_DIGITS[ones] if ones else 0)
    except KeyError:
        return None


@dataclass(frozen=True, slots=True)
class PowerStep:
    """One step of the procedure (S21): who takes it, and whether it is a weak link, with the reason.

    Written in one line of a cell: ``受理（窗口岗）【薄弱环节：一次性告知不留痕】``.
    """

    name: str
    post: str = ""
    weak_link: str = ""

    @property
    def is_weak(self) -> bool:
        """A step is weak where somebody wrote down why."""
        return bool(self.weak_link)

    @classmethod
    def read(cls, line: str) -> Self:
        """Read one line; leading numbering is dropped."""
        found = _STEP.fullmatch(line.strip())
        if not found:
            return cls(line.strip())
        return cls(found["name"].strip(), (found["post"] or "").strip(), (found["weak"] or "").strip())

    def __str__(self) -> str:
        post = f"（{self.post}）" if self.post or self.name.endswith("）") else ""
        weak = f"【薄弱环节：{self.weak_link}】" if self.weak_link else ""
        return f"{self.name}{post}{weak}"


_STEP = re.compile(
    r"(?:\d{1,2}[.．、]|[①-⑳]|[（(]\d{1,2}[)）])?\s*(?P<name>.+?)(?:[（(](?P<post>[^（）()]*)[）)])?(?:【薄弱环节[：:](?P<weak>[^】]*)】)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerRow:
    """A power; the first eight text fields are those of S20, in its order."""

    kind: ClassVar[str] = "powers"
    label: ClassVar[str] = "职权"
    headings: ClassVar[dict[str, str]] = {
        "number": "编号", "unit": "单位编号", "code": "职权编码", "name": "职权名称", "sub_name": "子项名称",
        "content": "职权内容", "holder": "行使主体", "basis": "法律依据", "conditions": "行使条件",
        "steps": "行使程序", "time_limit": "办理期限", "supervision": "监督方式", "category": "职权类别",
        "visibility": "内外部", "key_area": "重点领域", "discretion": "裁量程度", "three_major": "三重一大",
        "final_decision": "最终决定权", "duties": "责任事项", "liability": "追责情形", "no_weak_link": "无薄弱环节理由",
        "remark": "备注", "state": "状态", "version": "版本",
    }  # fmt: skip
    guarded: ClassVar[tuple[str, ...]] = (
        "unit", "name", "sub_name", "content", "holder", "basis", "conditions", "steps", "time_limit", "supervision",
        "category", "visibility", "key_area", "discretion", "three_major", "final_decision", "duties",
    )  # fmt: skip
    """Graded or published fields: when one changes after approval, the approval is stale."""

    number: str
    unit: str
    name: str
    content: str = ""
    holder: str = ""
    basis: tuple[str, ...] = ()
    conditions: str = ""
    steps: tuple[PowerStep, ...] = ()
    time_limit: TimeLimit = TimeLimit()
    supervision: str = ""
    code: str = ""
    sub_name: str = ""
    category: PowerCategory | None = None
    visibility: Visibility | None = None
    key_area: KeyArea | None = None
    discretion: int | None = None
    three_major: bool = False
    final_decision: bool = False
    duties: str = ""
    liability: str = ""
    no_weak_link: str = ""
    remark: str = ""
    state: PowerState = PowerState.DRAFT
    version: int = 1

    @property
    def title(self) -> str:
        """Shown name, with the sub-item where there is one."""
        return f"{self.name}—{self.sub_name}" if self.sub_name else self.name

    @property
    def search_text(self) -> str:
        """Found by number, names, holder and basis."""
        return " ".join((self.number, self.code, self.name, self.sub_name, self.holder, *self.basis))

    @property
    def is_external(self) -> bool:
        """Exercised towards citizens and enterprises."""
        return self.visibility is Visibility.EXTERNAL
