"""A form is usable with eyes, with ears and with keys: labels, help and errors belong to their fields."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django import forms

from lianfang.foundation.accounts.models import User

Show = Callable[..., str]


class Sample(forms.Form):
    """One field of each shape."""

    name = forms.CharField(label="名称", help_text="一字不差。")
    day = forms.DateField(label="日期", required=False)
    text = forms.CharField(label="内容", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲")], required=False)
    side = forms.ChoiceField(label="内外部", choices=[("in", "内"), ("out", "外")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="确实如此", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    file = forms.FileField(label="材料", required=False)


def test_a_field_has_label_help_and_required_mark(show: Show) -> None:
    html = show("{% form_field form.name %}", form=Sample())

    assert '<label class="form-label" for="id_name">名称<span class="required">必填</span></label>' in html
    assert 'aria-describedby="id_name-help"' in html
    assert '<p class="field-help" id="id_name-help">一字不差。</p>' in html


def test_a_faulty_field_points_to_its_error(show: Show) -> None:
    html = show("{% form_field form.name %}", form=Sample({"name": ""}))

    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name-help id_name-error"' in html
    assert 'id="id_name-error"' in html


def test_a_date_shows_the_calendar_and_keeps_the_date_it_has(show: Show) -> None:
    html = show("{% form_field form.day %}", form=Sample(initial={"day": datetime.date(2017, 8, 10)}))

    assert 'type="date"' in html
    assert 'value="2017-08-10"' in html


def test_radio_buttons_are_a_named_group(show: Show) -> None:
    html = show("{% form_field form.side %}", form=Sample())

    assert 'role="group" aria-labelledby="id_side-label"' in html
    assert 'id="id_side-label"' in html


def test_a_long_text_takes_the_whole_row(show: Show) -> None:
    assert "field-wide" in show("{% form_field form.text %}", form=Sample())
    assert "field-wide" not in show("{% form_field form.kind %}", form=Sample())
    assert "field-wide" in show("{% form_field form.kind wide=True %}", form=Sample())


def test_the_frame_carries_token_version_hidden_fields_and_the_key_of_the_draft(show: Show) -> None:
    source = '{% edit_form form cancel="/back/" autosave="things/1" version=3 %}{% endedit_form %}'

    html = show(source, form=Sample(initial={"secret": "s"}), user=User(login="clerk"))

    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert 'name="version" value="3"' in html
    assert 'name="secret" value="s"' in html
    assert 'data-autosave="things/1" data-owner="clerk"' in html
    assert 'enctype="multipart/form-data"' in html
    assert "data-faulty" not in html


def test_without_a_key_nothing_is_kept_on_the_desk_computer(show: Show) -> None:
    assert "data-autosave" not in show("{% edit_form form %}{% endedit_form %}", form=Sample())


def test_the_summary_links_each_error_to_its_field(show: Show) -> None:
    html = show("{% edit_form form %}{% endedit_form %}", form=Sample({"kind": "z"}))

    assert "有 3 处需要修改" in html
    assert '<a href="#id_name">名称</a>' in html
    assert "data-faulty" in html


def test_a_file_field_can_be_dropped_on_and_still_be_clicked(show: Show) -> None:
    html = show('{% file_drop form.file accept=".xlsx" hint="不超过 20 MB。" %}', form=Sample())

    assert "data-file-drop" in html
    assert 'type="file"' in html
    assert 'accept=".xlsx"' in html
    assert 'for="id_file"' in html
