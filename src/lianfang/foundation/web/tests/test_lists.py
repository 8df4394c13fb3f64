"""Tables keep the filters when they are sorted or turned, and say in words how they are sorted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.paginator import Paginator

from lianfang.foundation.web.values import Choice, Column, Pager, pager_for

Show = Callable[..., str]
TABLE = '{% data_table columns caption="清单" %}<tr><td>一</td></tr>{% enddata_table %}'
COLUMNS = (Column("number", "编号", sortable=True), Column("risks", "风险点", "number"), Column("", "", "actions"))


def test_a_sortable_heading_sorts_upwards_first_and_goes_back_to_page_one(show: Show) -> None:
    html = show(TABLE, "state=draft&page=3", columns=COLUMNS)

    assert '<a href="?state=draft&amp;sort=number">' in html
    assert "aria-sort" not in html


def test_a_sorted_heading_says_how_and_turns_round(show: Show) -> None:
    rising = show(TABLE, "sort=number", columns=COLUMNS)
    falling = show(TABLE, "sort=-number", columns=COLUMNS)

    assert 'aria-sort="ascending"' in rising
    assert '<a href="?sort=-number">' in rising
    assert 'aria-sort="descending"' in falling
    assert '<a href="?sort=number">' in falling


def test_figures_have_a_column_of_their_own_kind_and_a_nameless_heading_is_still_read_out(show: Show) -> None:
    html = show(TABLE, columns=COLUMNS)

    assert '<th scope="col" class="col-number"' in html
    assert '<span class="visually-hidden">操作</span>' in html
    assert '<caption class="visually-hidden">清单</caption>' in html


def test_a_tick_all_box_has_a_name(show: Show) -> None:
    assert 'aria-label="全选本页"' in show(TABLE, columns=[Column("select", "", "select")])


def test_the_pager_keeps_the_filters(show: Show) -> None:
    html = show("{% pager page %}", "state=draft&page=2", page=pager_for(2, 25, 90))

    assert "90" in html
    assert 'rel="prev" href="?state=draft&amp;page=1"' in html
    assert 'rel="next" href="?state=draft&amp;page=3"' in html
    assert 'href="?state=draft&amp;page=4"' in html


def test_a_list_of_one_page_has_no_buttons(show: Show) -> None:
    assert "<a" not in show("{% pager page %}", page=pager_for(1, 25, 3))


def test_an_uncounted_list_shows_no_total_and_no_last_page(show: Show) -> None:
    html = show("{% pager page %}", page=Pager(2, 25, None, has_next=True))

    assert "共" not in html
    assert "末页" not in html
    assert 'rel="next"' in html


def test_a_django_page_is_a_pager_as_well(show: Show) -> None:
    assert "第" in show("{% pager page %}", page=Paginator(range(60), 25).page(3))
    assert 'rel="next"' not in show("{% pager page %}", page=Paginator(range(60), 25).page(3))


@pytest.mark.parametrize(
    ("asked", "total", "number", "first", "has_next"), [(0, 30, 1, 1, True), (9, 30, 2, 26, False), (1, 0, 1, 0, False)]
)
def test_a_page_number_beyond_the_list_is_brought_back(
    asked: int, total: int, number: int, first: int, has_next: bool
) -> None:
    pager = pager_for(asked, 25, total)

    assert (pager.number, pager.first, pager.has_next) == (number, first, has_next)


def test_a_filter_in_use_is_marked_and_can_be_cleared(show: Show) -> None:
    source = '{% filter_bar placeholder="编号" %}{% filter_select "state" "状态" choices %}{% endfilter_bar %}'

    used = show(source, "state=draft&q=许可&sort=-due", choices=[("draft", "填报中"), ("live", "在控")])
    unused = show(source, choices=[Choice("draft", "填报中", 40)])

    assert '<option value="draft" selected>填报中</option>' in used
    assert 'value="许可"' in used
    assert '<input type="hidden" name="sort" value="-due">' in used
    assert "清除筛选" in used
    assert "清除筛选" not in unused
    assert "填报中（40）" in unused
