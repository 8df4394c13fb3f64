"""What the rules may ask the bureau to decide: every threshold is a parameter with a default, none a constant (S88)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from lianfang.kernel.errors import Invalid
from lianfang.kernel.levels import Grade
from lianfang.kernel.vocabulary import Word


class BureauLevel(Word):
    """Administrative level of the bureau itself, which decides what powers it may hold (PWR007)."""

    COUNTY = "county", "县区级", "县级", "区级", "派出分局"
    CITY = "city", "设区的市级", "市级"
    PROVINCE = "province", "省级"

    @property
    def rank(self) -> int:
        """1 for county, 2 for city, 3 for province."""
        return {"county": 1, "city": 2, "province": 3}[self.value]


def _parameter(default: int, label: str, source: str) -> Any:
    return field(default=default, metadata={"label": label, "source": source})


_MOST = 1_000
_MOST_PER_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LintSettings:
    """Parameters of rules and grading. Shares and similarities are whole per cent, spans are months or days as named.

    A deployment changes one with an environment variable, ``LIANFANG_LEAST_RATERS=4`` for ``least_raters``.
    """

    bureau_level: BureauLevel = field(
        default=BureauLevel.COUNTY, metadata={"label": "本机关层级", "source": "domain.md C1、C3"}
    )
    power_similarity: int = _parameter(90, "职权重复相似度（%）", "PWR011")
    risk_similarity: int = _parameter(85, "风险点雷同相似度（%）", "RSK002")
    risk_copies: int = _parameter(3, "风险点雷同的岗位或单位数", "RSK002")
    control_similarity: int = _parameter(90, "措施雷同相似度（%）", "CTL008")
    other_share: int = _parameter(30, "“其他职权”占比上限（%）", "PWR005")
    other_least: int = _parameter(10, "核算“其他职权”占比的最少职权数", "PWR005")
    regrade_months: int = _parameter(12, "风险等级有效月数", "RSK011、S69")
    least_raters: int = _parameter(3, "最少评分人数", "评级、RSK008")
    open_gap: int = _parameter(2, "须会商的分差", "评级、RSK008")
    months_clean: int = _parameter(12, "高风险点销号前须平稳的月数", "销号")
    flat_least: int = _parameter(8, "判断等级雷同的最少风险点数", "RSK009")
    causes_least: int = _parameter(2, "高、中风险最少成因层数", "RSK004")
    attendance_share: int = _parameter(100, "科室排查参加率（%）", "NEG004、S25")
    make_up_days: int = _parameter(60, "科室排查补课天数", "NEG004")
    test_months_high: int = _parameter(3, "高风险措施检验周期（月）", "CTL009、S77")
    test_months_medium: int = _parameter(6, "中风险措施检验周期（月）", "CTL009、S77")
    test_months_low: int = _parameter(12, "低风险措施检验周期（月）", "CTL009、S77")
    test_periods: int = _parameter(2, "措施检验可容忍的缺失周期数", "CTL009")

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> LintSettings:
        """The parameters as a deployment sets them; the others keep their defaults.

        Raises:
            Invalid: a value that is no whole number from 1 to 1000 (a per cent: to 100), or no level.
        """
        given = {item.name: environment.get(variable_of(item.name), "").strip() for item in fields(cls)}
        return cls(**{name: _read(name, text) for name, text in given.items() if text})

    def test_months(self, grade: Grade) -> int:
        """How many months one test period of a measure lasts at ``grade`` (S77: differentiated management)."""
        return {
            Grade.HIGH: self.test_months_high,
            Grade.MEDIUM: self.test_months_medium,
            Grade.LOW: self.test_months_low,
        }[grade]


def variable_of(name: str) -> str:
    """The environment variable of a parameter."""
    return f"LIANFANG_{name.upper()}"


def _read(name: str, text: str) -> Any:
    if name == "bureau_level":
        level = BureauLevel.read(text)
        if level is None:
            words = "、".join(word.label for word in BureauLevel)
            raise Invalid(f"环境变量 {variable_of(name)} 写的是“{text}”。", f"请写其中之一：{words}。")
        return level
    most = _MOST_PER_CENT if "%" in parameter_labels()[name][0] else _MOST
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise Invalid(f"环境变量 {variable_of(name)} 写的是“{text}”。", f"请写 1 至 {most} 的整数。")
    return int(text)


def parameter_labels() -> dict[str, tuple[str, str]]:
    """``field name → (中文名称, who uses it)``, for the settings page and the reference."""
    return {item.name: (item.metadata["label"], item.metadata["source"]) for item in fields(LintSettings)}
