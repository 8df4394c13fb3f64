"""Parameters come from the environment, and a wrong one stops the start with a sentence."""

from __future__ import annotations

import pytest

from lianfang.foundation.lint.settings import BureauLevel, LintSettings
from lianfang.kernel.errors import Invalid


@pytest.mark.covers("S88")
def test_what_the_environment_names_is_taken_and_the_rest_keeps_its_default() -> None:
    read = LintSettings.read({"LIANFANG_LEAST_RATERS": "5", "LIANFANG_BUREAU_LEVEL": "市级", "LIANFANG_OPEN_GAP": " "})

    assert read == LintSettings(least_raters=5, bureau_level=BureauLevel.CITY)


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("LIANFANG_LEAST_RATERS", "0", "1 至 1000 的整数"),
        ("LIANFANG_LEAST_RATERS", "三", "1 至 1000 的整数"),
        ("LIANFANG_OTHER_SHARE", "101", "1 至 100 的整数"),
        ("LIANFANG_BUREAU_LEVEL", "乡级", "县区级、设区的市级、省级"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_to_write(variable: str, value: str, advice: str) -> None:
    with pytest.raises(Invalid, match=variable) as refused:
        LintSettings.read({variable: value})

    assert advice in refused.value.remedy
