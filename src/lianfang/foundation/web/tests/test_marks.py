"""Signs in a line say in words what they show in colour."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from types import SimpleNamespace

import pytest
import time_machine

from lianfang.foundation.web.specimens import SpecimenState
from lianfang.kernel.levels import Grade

Show = Callable[..., str]


def test_an_icon_is_silent_unless_it_has_a_meaning_of_its_own(show: Show) -> None:
    assert 'aria-hidden="true"' in show('{% icon "check" %}')
    assert 'role="img" aria-label="关闭"' in show('{% icon "x" label="关闭" %}')


def test_an_icon_that_the_sprite_does_not_hold_is_refused(show: Show) -> None:
    with pytest.raises(ValueError, match=r"icons\.txt"):
        show('{% icon "no-such-icon" %}')


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        (SpecimenState.DRAFT, "drafting"),
        (SpecimenState.SUBMITTED, "waiting"),
        (SpecimenState.CONFIRMED, "settled"),
        (SpecimenState.UNDER_REVIEW, "reopened"),
        (SpecimenState.RETIRED, "ended"),
    ],
)
def test_a_state_shows_its_word_and_its_mood(show: Show, state: SpecimenState, tone: str) -> None:
    html = show("{% state value %}", value=state)

    assert state.label in html
    assert f"state-{tone}" in html


def test_a_state_that_changed_after_its_approval_says_so(show: Show) -> None:
    assert "审定后已变动" in show("{% state value stale=True %}", value=SpecimenState.CONFIRMED)
    assert "审定后已变动" not in show("{% state value %}", value=SpecimenState.CONFIRMED)


@pytest.mark.covers("S28")
@pytest.mark.parametrize(("grade", "shape", "word"), [("HIGH", "▲", "高"), ("中", "◆", "中"), (Grade.LOW, "●", "低")])
def test_a_grade_is_shape_and_word_before_it_is_colour(show: Show, grade: str, shape: str, word: str) -> None:
    html = show("{% grade value %}", value=grade)

    assert shape in html
    assert f"</span>{word}</span>" in html


def test_no_grade_reads_ungraded_and_a_wrong_one_is_refused(show: Show) -> None:
    assert "未定级" in show("{% grade value %}", value=None)
    with pytest.raises(ValueError, match="不是风险等级"):
        show('{% grade "一级" %}')


@pytest.mark.parametrize(("code", "word"), [("E", "错误"), ("W", "警告"), ("I", "提示")])
def test_a_severity_is_icon_and_word(show: Show, code: str, word: str) -> None:
    html = show("{% severity code %}", code=code)

    assert "<svg" in html
    assert word in html


@time_machine.travel(datetime.datetime(2017, 8, 7, 4, tzinfo=datetime.UTC))
@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2017, 8, 1), "已逾期 6 天"),
        ((2017, 8, 7), "今天到期"),
        ((2017, 8, 10), "还有 3 天"),
        ((2017, 8, 14), "还有 7 天"),
    ],
)
def test_a_due_date_says_how_near_it_is(show: Show, day: tuple[int, int, int], said: str) -> None:
    assert said in show("{% due day %}", day=datetime.date(*day))


@time_machine.travel(datetime.datetime(2017, 8, 7, 4, tzinfo=datetime.UTC))
def test_a_distant_or_finished_due_date_is_only_a_date(show: Show) -> None:
    assert "天" not in show("{% due day %}", day=datetime.date(2017, 8, 15))
    assert "逾期" not in show("{% due day done=True %}", day=datetime.date(2017, 8, 1))
    assert "未定期限" in show("{% due day %}", day=None)


@time_machine.travel(datetime.datetime(2017, 8, 7, 4, tzinfo=datetime.UTC))
def test_how_near_is_near_is_said_by_the_frame_of_the_page(show: Show) -> None:
    frame = SimpleNamespace(soon_days=2)

    assert "还有 2 天" in show("{% due day %}", day=datetime.date(2017, 8, 9), chrome=frame)
    assert "天" not in show("{% due day %}", day=datetime.date(2017, 8, 10), chrome=frame)


@time_machine.travel(datetime.datetime(2017, 8, 7, 4, tzinfo=datetime.UTC))
def test_a_day_that_passed_is_not_called_late_where_nobody_records_what_came(show: Show) -> None:
    passed = show("{% due day tracked=False %}", day=datetime.date(2017, 8, 1))

    assert "期限已过" in passed
    assert "逾期" not in passed
    assert "还有 1 天" in show("{% due day tracked=False %}", day=datetime.date(2017, 8, 8))


def test_a_moment_is_shown_in_the_time_of_the_bureau(show: Show) -> None:
    at = datetime.datetime(2017, 6, 21, 2, 32, tzinfo=datetime.UTC)

    assert "2017-06-21 10:32" in show("{% moment at %}", at=at)


def test_progress_shows_figures_beside_the_bar_and_survives_nothing_to_do(show: Show) -> None:
    assert '<progress max="12" value="7" aria-label="已报送">' in show('{% progress 7 12 "已报送" %}')
    assert "无任务" in show('{% progress 0 0 "已报送" %}')


def test_what_people_typed_is_never_markup(show: Show) -> None:
    html = show("{% badge text %}{% number text %}{% state text %}", text="<script>")

    assert "<script>" not in html
    assert html.count("&lt;script&gt;") == 3
