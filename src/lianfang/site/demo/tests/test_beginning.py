"""Where the demo may be loaded: into nothing, or on top of a load of its own that was broken off."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from lianfang.conftest import Cast
from lianfang.foundation.accounts.console import console_actor, open_administrators
from lianfang.foundation.organisation.models import Unit
from lianfang.foundation.organisation.rows import UnitKind
from lianfang.kernel.errors import Invalid
from lianfang.site.demo.bureau import TODAY
from lianfang.site.demo.loading import demand_room, first_day, is_begun, is_loaded, load, papers

LATER = TODAY + datetime.timedelta(days=30)


@pytest.mark.django_db
def test_an_empty_database_has_room() -> None:
    console_actor()

    demand_room()

    assert not is_begun()


def test_units_of_a_bureau_are_somebody_s_real_ones(cast: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        demand_room()

    assert "正式单位，不装入演示单位。" in refused.value.message
    assert cast.clerk.title not in refused.value.message


@pytest.mark.django_db
def test_a_unit_that_bears_a_number_of_the_demo_under_another_name_is_a_real_one() -> None:
    Unit.objects.create(number="CH", name="辰河分局", unit_kind=UnitKind.BRANCH.value, path="CH/")

    with pytest.raises(Invalid) as refused:
        demand_room()

    assert "辰河分局" in refused.value.message


@pytest.mark.django_db
def test_accounts_opened_before_any_unit_are_real_ones() -> None:
    open_administrators()

    with pytest.raises(Invalid) as refused:
        demand_room()

    assert "正式账户" in refused.value.message


@pytest.mark.django_db
def test_a_load_that_was_broken_off_goes_on_with_the_same_papers(tmp_path: Path) -> None:
    day = first_day(tmp_path, TODAY)
    files = papers(tmp_path / "papers", planted=False, today=day)
    load(files[:4])

    demand_room()
    again = papers(tmp_path / "papers", planted=False, today=first_day(tmp_path, LATER))
    load(again[:5])

    assert is_begun()
    assert not is_loaded()
    assert first_day(tmp_path, LATER) == TODAY
    assert again == files


@pytest.mark.django_db
def test_where_nothing_was_loaded_the_day_is_today(tmp_path: Path) -> None:
    first_day(tmp_path, TODAY)

    assert first_day(tmp_path, LATER) == LATER
