"""The values of all parameters on one day in one bureau, typed, for whoever runs a rule or holds somebody to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from lianfang.foundation.parameters.inventory import BY_CODE
from lianfang.foundation.parameters.words import AccountabilityScale, BureauLevel, DisclosureForm, Pace
from lianfang.kernel.levels import Grade


def _default(code: str) -> Any:
    return BY_CODE[code].default


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One attribute for each definition, with its default; shares and similarities are whole per cent."""

    bureau_level: BureauLevel = field(default=_default("bureau_level"))
    power_similarity: int = _default("power_similarity")
    other_share: int = _default("other_share")
    other_least: int = _default("other_least")
    attendance_share: int = _default("attendance_share")
    make_up_days: int = _default("make_up_days")
    leader_compare_least: int = _default("leader_compare_least")
    risk_similarity: int = _default("risk_similarity")
    risk_copies: int = _default("risk_copies")
    causes_least: int = _default("causes_least")
    least_raters: int = _default("least_raters")
    open_gap: int = _default("open_gap")
    regrade_months: int = _default("regrade_months")
    months_clean: int = _default("months_clean")
    flat_least: int = _default("flat_least")
    measures_high: int = _default("measures_high")
    measures_medium: int = _default("measures_medium")
    measures_low: int = _default("measures_low")
    pace_high: Pace = field(default=_default("pace_high"))
    pace_medium: Pace = field(default=_default("pace_medium"))
    pace_low: Pace = field(default=_default("pace_low"))
    test_months_high: int = _default("test_months_high")
    test_months_medium: int = _default("test_months_medium")
    test_months_low: int = _default("test_months_low")
    test_periods: int = _default("test_periods")
    control_similarity: int = _default("control_similarity")
    waiver_days: int = _default("waiver_days")
    red_events: int = _default("red_events")
    red_months: int = _default("red_months")
    referral_cases: int = _default("referral_cases")
    accountability_scale: AccountabilityScale = field(default=_default("accountability_scale"))
    disclosure_form: DisclosureForm = field(default=_default("disclosure_form"))
    review_workdays: int = _default("review_workdays")
    due_soon_days: int = _default("due_soon_days")
    analysis_months: int = _default("analysis_months")
    self_check_months: int = _default("self_check_months")

    @classmethod
    def of(cls, decided: Mapping[str, str]) -> Self:
        """The values with what was ``decided`` (code → stored text); what this version does not know is left out."""
        known = ((BY_CODE[code], text) for code, text in decided.items() if code in BY_CODE)
        read = {definition.code: definition.parsed(text) for definition, text in known}
        given: dict[str, Any] = {code: value for code, value in read.items() if value is not None}
        return cls(**given)

    def departing(self) -> dict[str, str]:
        """``code → stored text`` of every value that is not the default: what a result has to name to be repeated."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {code: BY_CODE[code].written(value) for code, value in values.items() if value != BY_CODE[code].default}

    def measures(self, grade: Grade) -> int:
        """How many measures a risk point of ``grade`` has at least (S77)."""
        return {
            Grade.HIGH: self.measures_high,
            Grade.MEDIUM: self.measures_medium,
            Grade.LOW: self.measures_low,
        }[grade]

    def pace(self, grade: Grade) -> Pace:
        """How often one measure against a risk point of ``grade`` is carried out at least (S77)."""
        return {Grade.HIGH: self.pace_high, Grade.MEDIUM: self.pace_medium, Grade.LOW: self.pace_low}[grade]

    def test_months(self, grade: Grade) -> int:
        """How many months one test period of a measure lasts at ``grade`` (S77: differentiated management)."""
        return {
            Grade.HIGH: self.test_months_high,
            Grade.MEDIUM: self.test_months_medium,
            Grade.LOW: self.test_months_low,
        }[grade]
