"""One list, several names: each of them leads to it."""

from __future__ import annotations

from itertools import combinations

import pytest

from lianfang.kernel.list_names import MOST, ListName, spellings

GRADES = ListName.POST_GRADES


@pytest.mark.covers("S30")
@pytest.mark.parametrize(
    "said", ["岗位风险等级清单", "岗位风险登记清单", "岗位风险 登记清单", "登记清单", "全局岗位风险登记清单"]
)
def test_the_list_is_meant_by_both_its_names_by_a_part_of_one_and_by_more(said: str) -> None:
    assert [one for one in ListName if one.is_meant_by(said)] == [GRADES]


@pytest.mark.parametrize("said", ["", "清单", "岗位", "登记", "审批", "排污登记清单表"])
def test_words_that_tell_no_list_mean_none(said: str) -> None:
    assert not any(one.is_meant_by(said) for one in ListName)


@pytest.mark.covers("S30")
def test_a_question_is_asked_under_every_name_of_the_list_in_it() -> None:
    assert "各科室 岗位风险等级清单" in spellings("各科室  岗位风险登记清单")
    assert "全局岗位风险登记清单" in spellings("全局岗位风险等级清单")
    assert {"登记清单", "岗位风险等级清单"} <= set(spellings("登记清单"))


def test_a_question_without_a_list_is_asked_as_it_is() -> None:
    assert spellings("现场 检查") == ("现场 检查",)


def test_a_question_of_many_lists_is_not_asked_without_end() -> None:
    asked = spellings("权力清单 负面清单 岗位风险等级清单 制度清单")

    assert len(asked) == MOST
    assert asked[0] == "权力清单 负面清单 岗位风险等级清单 制度清单"


def test_no_name_belongs_to_two_lists() -> None:
    assert not [pair for pair in combinations(ListName, 2) if set(pair[0].names) & set(pair[1].names)]
