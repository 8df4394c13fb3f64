"""What stands in the way of handing an entry up is told once, though a rule and the gate may both see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lianfang.foundation.lint.before_submission import told_once
from lianfang.foundation.lint.entries import Fault
from lianfang.kernel.findings import Finding, Severity


@dataclass(frozen=True)
class Entry:
    """As much of a Row as is looked at."""

    number: str = "X-1"
    headings: ClassVar[dict[str, str]] = {"content": "内容", "basis": "依据", "holder": "主体"}


CONTENT, BASIS = Fault("内容", "内容没有写出这件事。请写明做什么。"), Fault("依据", "没有写明依据。请补齐。")
EMPTY = Finding("X-1", "content", "内容、依据为空。", code="EMP001", severity=Severity.ERROR)
OTHER = Finding("X-1", "basis", "依据已经废止。", code="OLD001", severity=Severity.ERROR)


def test_faults_that_speak_of_all_that_a_rule_calls_empty_stand_for_its_finding() -> None:
    findings, to_mend = told_once(Entry(), (EMPTY, OTHER), (CONTENT, BASIS), {"EMP001": ("content", "basis")})

    assert findings == (OTHER,)
    assert [found.message for found in to_mend] == [CONTENT.sentence, BASIS.sentence]
    assert {found.severity for found in to_mend} == {Severity.ERROR}


def test_a_finding_that_says_more_stands_and_the_faults_say_only_the_rest() -> None:
    findings, to_mend = told_once(Entry(), (EMPTY,), (CONTENT, BASIS), {"EMP001": ("content", "holder")})

    assert findings == (EMPTY,)
    assert [found.message for found in to_mend] == [BASIS.sentence]


def test_what_only_one_of_them_sees_is_told_as_it_is() -> None:
    findings, to_mend = told_once(Entry(), (OTHER,), (BASIS,), {"EMP001": ()})

    assert findings == (OTHER,)
    assert [found.message for found in to_mend] == [BASIS.sentence]
    assert told_once(Entry(), (EMPTY,), (), {"EMP001": ("content", "basis")}) == ((EMPTY,), ())
