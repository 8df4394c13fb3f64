"""Parts of a page: next steps, track, tabs, breadcrumb, confirmation."""

from __future__ import annotations

from collections.abc import Callable

from lianfang.foundation.web.specimens import SpecimenState
from lianfang.foundation.web.values import Step, Tab

Show = Callable[..., str]


def test_the_breadcrumb_ends_with_the_page_itself(show: Show) -> None:
    html = show('{% breadcrumb "权力清单" "/things/" "QL-1" %}')

    assert '<a href="/things/">权力清单</a>' in html
    assert '<li aria-current="page">QL-1</li>' in html


def test_the_page_header_shows_title_number_state_and_actions(show: Show) -> None:
    html = show(
        '{% page_header "标题" number="QL-1" state=state grade="HIGH" %}<a href="#">改</a>{% endpage_header %}',
        state=SpecimenState.DRAFT,
    )

    assert "<h1>标题</h1>" in html
    assert all(part in html for part in ("QL-1", "填报中", "▲", '<a href="#">改</a>'))


def test_the_current_tab_says_so(show: Show) -> None:
    tabs = [Tab("a", "内容", "/a"), Tab("b", "历史", "/b", 3)]

    html = show('{% tabs tabs "b" %}', tabs=tabs)

    assert html.count('aria-current="page"') == 1
    assert '<a href="/b" aria-current="page">历史<span class="count">3</span>' in html


def test_a_plain_step_is_one_button_that_carries_the_version(show: Show) -> None:
    html = show("{% next_steps steps %}", steps=[Step("提交", "/submit/", version=4, fields={"unit": "01"})])

    assert '<form method="post" action="/submit/">' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="version" value="4"' in html
    assert 'name="unit" value="01"' in html
    assert "<dialog" not in html


def test_a_step_with_a_required_note_asks_for_it_first(show: Show) -> None:
    html = show("{% next_steps steps %}", steps=[Step("退回", "/return/", note="required", note_label="退回理由")])

    assert "<dialog" in html
    assert 'name="note" rows="3" required' in html
    assert "退回理由" in html


def test_a_blocked_step_gives_its_reason_and_no_way_to_take_it(show: Show) -> None:
    html = show("{% next_steps steps %}", steps=[Step("确权", "/confirm/", blocked="还有 2 个错误没有处理。")])

    assert "还有 2 个错误没有处理。" in html
    assert "/confirm/" not in html


def test_a_dangerous_step_stands_apart_and_asks(show: Show) -> None:
    html = show("{% next_steps steps %}", steps=[Step("取消职权", "/retire/", danger=True)])

    assert 'class="step-danger"' in html
    assert "<dialog" in html
    assert "btn-danger" in html


def test_a_blocked_first_step_leaves_the_primary_button_to_the_next(show: Show) -> None:
    html = show("{% next_steps steps %}", steps=[Step("确权", blocked="未审核。"), Step("提交", "/submit/")])

    assert html.count("btn-primary") == 1
    assert html.index("btn-primary") > html.index("未审核。")


def test_without_steps_there_is_no_empty_box(show: Show) -> None:
    assert not show("{% next_steps steps %}", steps=[]).strip()


def test_the_track_marks_what_is_behind_here_and_ahead(show: Show) -> None:
    path = [SpecimenState.DRAFT, SpecimenState.SUBMITTED, SpecimenState.CONFIRMED]

    html = show("{% track path here %}", path=path, here=SpecimenState.SUBMITTED)

    assert '<li class="track-passed">填报中' in html
    assert '<li class="track-here" aria-current="step">待清权' in html
    assert '<li class="track-ahead">已确权' in html


def test_a_state_off_the_path_is_shown_beside_it(show: Show) -> None:
    html = show("{% track path here %}", path=[SpecimenState.DRAFT], here=SpecimenState.RETIRED)

    assert '<li class="track-aside" aria-current="step">已取消' in html


def test_a_confirmation_is_a_form_even_without_a_script(show: Show) -> None:
    html = show('{% confirm "销号" url="/close/" danger=True version=2 %}<p>不能恢复。</p>{% endconfirm %}')

    assert '<details class="confirm" data-confirm>' in html
    assert '<form method="post" action="/close/">' in html
    assert 'name="version" value="2"' in html
    assert "<p>不能恢复。</p>" in html


def test_text_in_a_title_is_escaped(show: Show) -> None:
    html = show("{% page_header title %}{% endpage_header %}{% card title %}{% endcard %}", title="<b>x</b>")

    assert "<b>x</b>" not in html
    assert html.count("&lt;b&gt;") == 2
