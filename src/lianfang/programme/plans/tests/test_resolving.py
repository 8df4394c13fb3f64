"""Whom a plan's wording means, in a bureau with sections, a brigade, a station and a branch of its own."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from lianfang.foundation.organisation.rows import UnitKind, UnitRow
from lianfang.programme.plans.resolving import own_units, receiving_unit, submitting_units, unmatched_names

TODAY = dt.date(2026, 5, 6)


def unit(number: str, name: str, kind: UnitKind, parent: str = "HB", **more: Any) -> UnitRow:
    return UnitRow(number=number, name=name, unit_kind=kind, parent=parent, **more)


EVERYBODY = (
    unit("JW", "临江区纪委监委", UnitKind.COMMISSION, ""),
    unit("HB", "临江区环境保护局", UnitKind.BUREAU, "JW", aliases=("区环保局",)),
    unit("LD", "局领导班子", UnitKind.LEADERSHIP),
    unit("BG", "办公室", UnitKind.SECTION),
    unit("WR", "污染防治科", UnitKind.SECTION),
    unit("XK", "行政许可科", UnitKind.SECTION, aliases=("审批科",)),
    unit("OLD", "总量控制科", UnitKind.SECTION, valid_to=dt.date(2019, 3, 1)),
    unit("ZD", "环境监察大队", UnitKind.BRIGADE),
    unit("JC", "环境监测站", UnitKind.STATION),
    unit("FJ", "开发区分局", UnitKind.BRANCH),
    unit("FJBG", "综合科", UnitKind.SECTION, "FJ"),
)
OWN = own_units(EVERYBODY, "HB", TODAY)
ALL = ("BG", "WR", "XK", "ZD", "JC", "FJ")


@pytest.mark.covers("S1")
def test_the_units_of_a_bureau_are_the_live_ones_under_its_own_roof() -> None:
    assert [row.number for row in OWN] == ["HB", *ALL]


@pytest.mark.covers("S1")
@pytest.mark.parametrize(
    ("wording", "units"),
    [
        ("局属各科室、监察大队、监测站", ("BG", "WR", "XK", "ZD", "JC")),
        ("局属各科室,监察大队,监测站", ("BG", "WR", "XK", "ZD", "JC")),
        ("各科室", ALL),
        ("各科（室）", ALL),
        ("局属各单位", ALL),
        ("机关各科室和各直属单位", ALL),
        ("各责任部门", ALL),
        ("各科室、监测站", ("BG", "WR", "XK", "JC")),
        ("各分局", ("FJ",)),
        ("局办公室", ("BG",)),
        ("办公室牵头", ("BG",)),
        ("许可科", ("XK",)),
        ("审批科", ("XK",)),
        ("行政审批许可科", ("XK",)),
        ("监察大队、污染防治科", ("WR", "ZD")),
        ("我局", ("HB",)),
        ("局机关", ("HB",)),
        ("区环保局", ("HB",)),
        ("", ("HB",)),
    ],
)
def test_a_wording_means_these_units(wording: str, units: tuple[str, ...]) -> None:
    assert submitting_units(wording, OWN, "HB") == units


@pytest.mark.covers("S1")
@pytest.mark.parametrize(
    ("wording", "units"),
    [
        ("各所", ("S1", "S2")),
        ("各市场监管所", ("S1", "S2")),
        ("各税务所", ()),
        ("各科室、各所", ("BG", "WR", "XK", "S1", "S2")),
    ],
)
def test_each_house_of_a_name_means_those_whose_names_end_so(wording: str, units: tuple[str, ...]) -> None:
    houses = (unit("S1", "东岸市场监督管理所", UnitKind.STATION), unit("S2", "柳湾市场监督管理所", UnitKind.STATION))

    assert submitting_units(wording, (*OWN, *houses), "HB") == units
    assert unmatched_names(wording, (*OWN, *houses), "HB") == (() if units else (wording,))


@pytest.mark.parametrize("wording", ["宣传教育处", "有关企业", "社区居委会", "科"])
def test_a_name_that_fits_nothing_is_left_to_a_person(wording: str) -> None:
    assert submitting_units(wording, OWN, "HB") == ()


def test_of_two_brigades_a_bare_kind_word_means_neither() -> None:
    two = (*OWN, unit("ZD2", "机动执法大队", UnitKind.BRIGADE))

    assert submitting_units("大队", two, "HB") == ()
    assert submitting_units("机动执法大队", two, "HB") == ("ZD2",)


@pytest.mark.covers("S17")
@pytest.mark.parametrize(
    ("wording", "number"), [("区纪委", "JW"), ("区纪委监委", "JW"), ("局办公室", "BG"), ("市环保局", ""), ("", "")]
)
def test_a_receiver_is_found_in_the_organisation_where_it_is_there(wording: str, number: str) -> None:
    assert receiving_unit(wording, EVERYBODY, OWN) == number


@pytest.mark.parametrize("wording", ["分局", "我分局", "本分局"])
def test_a_branch_that_says_the_branch_means_itself(wording: str) -> None:
    branch = UnitRow(number="FJ", name="江州市生态环境局湖东分局", unit_kind=UnitKind.BRANCH)
    section = UnitRow(number="FJ-WF", name="污染防治科", unit_kind=UnitKind.SECTION, parent="FJ")

    assert submitting_units(wording, (branch, section), "FJ") == ("FJ",)


@pytest.mark.covers("S1", "S31")
@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("各科室、宣传教育处", ("宣传教育处",)),
        ("办公室和社区居委会，有关企业", ("社区居委会", "有关企业")),
        ("各乡镇、各科（室）", ("各乡镇",)),
        ("各党支部", ("各党支部",)),
        ("局属各科室、监察大队、监测站", ()),
        ("我局", ()),
        ("区环保局", ()),
        ("", ()),
    ],
)
def test_names_that_no_unit_bears_are_told(wording: str, names: tuple[str, ...]) -> None:
    assert unmatched_names(wording, OWN, "HB") == names


def test_a_piece_of_a_units_own_name_is_not_unknown() -> None:
    both = (*OWN, unit("FX", "法制与宣教科", UnitKind.SECTION))

    assert unmatched_names("法制与宣教科", both, "HB") == ()
