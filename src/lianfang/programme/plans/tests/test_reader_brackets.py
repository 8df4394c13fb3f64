"""Days in brackets, letter boxes and what a receiver does with a paper."""

from __future__ import annotations

import pytest

from lianfang.programme.plans.reader import read_plan
from lianfang.programme.plans.reader.brackets import out_of_bracket
from lianfang.programme.plans.reader.phrases import bodies_in
from lianfang.programme.plans.tests.plan_cases_bracketed import CASES, STAGE


@pytest.mark.covers("S17", "S31")
@pytest.mark.parametrize(("sentence", "papers", "sender", "receivers"), CASES)
def test_a_sentence_asks_for_these_papers(
    sentence: str, papers: tuple[str, ...], sender: str, receivers: tuple[str, ...]
) -> None:
    (due,) = read_plan(STAGE + sentence).deadlines

    assert (due.deliverables, due.submitter, due.receivers) == (papers, sender, receivers)


def test_whoever_passes_papers_on_passes_on_what_was_handed_in() -> None:
    read = read_plan(STAGE + "各站于4月3日前提交小结报告，监察室汇总后于4月底前报市纪委。")

    assert [(due.deliverables, due.submitter, due.receivers) for due in read.deadlines] == [
        (("小结报告",), "各站", ()),
        (("小结报告",), "监察室", ("市纪委",)),
    ]


@pytest.mark.parametrize(("written", "names"), [("监察室)", ("监察室",)), ("局(办公室)", ("局(办公室)",))])
def test_a_stray_bracket_is_no_part_of_a_receiver(written: str, names: tuple[str, ...]) -> None:
    assert bodies_in(written) == names


def test_a_bracket_is_opened_only_where_it_says_whom_the_paper_goes_to() -> None:
    assert out_of_bracket("报告(", "报监察室),再改") == ("报告,", "报监察室")
    assert out_of_bracket("登记表(", "填报)") == ("登记表(", "填报)")
    assert out_of_bracket("报告(", ")报监察室") == ("报告(", ")报监察室")
    assert out_of_bracket("报告(含附件),", "报监察室)") == ("报告(含附件),", "报监察室)")
