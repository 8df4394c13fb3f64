"""Forms of the organisation: made of the sheets, and small ones for what needs a day and a basis."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from lianfang.foundation.organisation.models import Person, Post, Unit
from lianfang.foundation.organisation.queries import Groups
from lianfang.foundation.organisation.rows import TenureRow, UnitKind
from lianfang.foundation.organisation.sheets import PEOPLE, POSTS, UNITS
from lianfang.foundation.web.choices import offer
from lianfang.foundation.web.row_form import RowForm, Section

BASIS_HELP = "文件号、任免通知或会议纪要编号。"


class NewUnitForm(RowForm):
    """A unit that is set up."""

    sheet = UNITS
    model = Unit
    sections = (
        Section(
            "单位",
            ("number", "name", "unit_kind", "parent", "sector", "valid_from"),
            "编号由大写字母、数字和短横线组成，定了就不再改；更名时编号不变，历史都在。",
        ),
    )


class UnitForm(RowForm):
    """What may be corrected in a unit without a document."""

    sheet = UNITS
    model = Unit
    sections = (
        Section(
            "单位", ("unit_kind", "sector", "valid_from", "aliases"), "更名、调整隶属、承接、撤销另有办理，要写明依据。"
        ),
    )


class NewPostForm(RowForm):
    """A post that is set up."""

    sheet = POSTS
    model = Post
    sections = (
        Section("岗位", ("number", "unit", "name", "rank", "in_scope", "rotation_years"), "编号留空由系统编。"),
        Section(
            "一岗双责",
            ("duty", "integrity_duty", "responsibility", "key_areas"),
            "科室负责人以上的岗位，岗位职责和廉政职责都要写：管谁、查什么、多久一次；党组、科室一方是主体责任，"
            "纪检一方是监督责任。",
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The number may be left to the system; in a workbook it may not."""
        super().__init__(*args, **kwargs)
        self.fields["number"].required = False


class PostForm(RowForm):
    """What may be changed in a post without a document."""

    sheet = POSTS
    model = Post
    sections = (
        Section("岗位", ("name", "rank", "in_scope", "rotation_years")),
        NewPostForm.sections[1],
    )


class PersonForm(RowForm):
    """A person."""

    sheet = PEOPLE
    model = Person
    sections = (Section("人员", ("name", "unit", "party_member"), "只登记工作需要的内容；电话、证件号不进本系统。"),)


class BasisForm(forms.Form):
    """A basis, for whatever must not be done without one."""

    basis = forms.CharField(
        label="依据", max_length=500, help_text=BASIS_HELP, error_messages={"required": "请填写依据。"}
    )


class DayForm(BasisForm):
    """A day and a basis."""

    field_order: Iterable[str] | None = ("on", "basis")

    on = forms.DateField(label="日期", initial=timezone.localdate, error_messages={"required": "请填写日期。"})


class RenameForm(BasisForm):
    """A new name."""

    name = forms.CharField(label="新名称", max_length=120, error_messages={"required": "请填写新名称。"})
    field_order = ("name", "basis")


class PlaceForm(BasisForm):
    """Another unit: the new parent of a unit, or the new unit of a post."""

    unit = forms.ChoiceField(label="单位", error_messages={"required": "请选择单位。"})
    field_order = ("unit", "basis")

    def __init__(self, *args: Any, units: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer ``units``."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", units, none="—")


class SuccessorForm(DayForm):
    """The unit that takes the place of another."""

    number = forms.CharField(label="新单位编号", max_length=20, error_messages={"required": "请填写新单位编号。"})
    name = forms.CharField(label="新单位名称", max_length=120, error_messages={"required": "请填写新单位名称。"})
    unit_kind = forms.ChoiceField(label="单位类型", choices=UnitKind.choices())
    field_order: Iterable[str] | None = ("number", "name", "unit_kind", "on", "basis")


class TenureForm(BasisForm):
    """Somebody takes up a post."""

    person = forms.ChoiceField(label="人员", error_messages={"required": "请选择人员。"})
    post = forms.ChoiceField(label="岗位", error_messages={"required": "请选择岗位。"})
    start = forms.DateField(
        label="任职日期", initial=timezone.localdate, error_messages={"required": "请填写任职日期。"}
    )
    acting = forms.BooleanField(label="代理或主持工作", required=False)
    field_order = ("person", "post", "start", "acting", "basis")

    def __init__(self, *args: Any, people: Groups, posts: Groups, **kwargs: Any) -> None:
        """Offer people and posts, by unit."""
        super().__init__(*args, **kwargs)
        offer(self, "person", people, none="—")
        offer(self, "post", posts, none="—")

    def to_row(self) -> TenureRow:
        """The cleaned answers; call after ``is_valid``."""
        answers = self.cleaned_data
        start: datetime.date = answers["start"]
        return TenureRow(
            number="", person=answers["person"], post=answers["post"], start=start, acting=answers["acting"]
        )
