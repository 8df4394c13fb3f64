"""The forms of a plan: where its text comes from, and every item of its reading, to correct, to add, to remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory

from lianfang.foundation.web.choices import offer
from lianfang.foundation.web.register_pages import Ask
from lianfang.programme.plans import actions
from lianfang.programme.plans.drafting import LONGEST_NAME, LONGEST_NUMBER, LONGEST_TITLE
from lianfang.programme.plans.item_fields import CitesField, FuzzyDateField, NamesField, SpanField, text_input
from lianfang.programme.plans.owed_rows import Came
from lianfang.programme.plans.programme_rows import (
    CalendarPolicy,
    DeadlineItem,
    DutyItem,
    ProgrammeRow,
    Settled,
    StageItem,
    TaskItem,
)
from lianfang.programme.plans.rows import Cycle, Due

Choices = Sequence[tuple[str, str]]
ASKS = {
    "confirm": Ask(
        "optional",
        "依据（会议纪要、批示，可不填）",
        as_basis=True,
        needs_clean=True,
        why="内容就此固定，并生成阶段、任务、报送材料和报送矩阵。先保存修改，再确认。",
    ),
    "discard": Ask("required", "作废理由", danger=True, why="作废以后只供查阅；同一份方案可以重新读入。"),
}
STEPS: dict[str, Callable[..., ProgrammeRow]] = {"confirm": actions.confirm_plan, "discard": actions.discard_plan}
REQUIREMENTS = [(Due.SUBMIT.value, "报送材料"), (Due.COMPLETE.value, "完成工作")]
OUTSIDE = "outside"
"""The answer that a name means a body outside the bureau; no unit has such a number."""


class StartForm(forms.Form):
    """Where the text of a plan comes from: a file, or the text itself."""

    unit = forms.ChoiceField(label="适用单位", help_text="方案里的“各科室”“各单位”按这个局的现有机构对应。")
    file = forms.FileField(label="方案文件", required=False)
    text = forms.CharField(
        label="或者粘贴正文",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": "从办公软件或网页里复制全文，粘贴到这里"}),
    )

    def __init__(self, *args: Any, units: Choices, **kwargs: Any) -> None:
        """Offer the bureaus for which the person may read in a plan."""
        super().__init__(*args, **kwargs)
        self.fields["unit"].widget = forms.Select(choices=units)
        offer(self, "unit", units)

    def clean(self) -> dict[str, Any]:
        """Exactly one of file and text."""
        cleaned: dict[str, Any] = super().clean() or {}
        has_file, has_text = bool(cleaned.get("file")), bool((cleaned.get("text") or "").strip())
        if not has_file and not has_text and not self.errors:
            raise ValidationError("请选择方案文件，或者粘贴方案正文。")
        if has_file and has_text:
            raise ValidationError("文件和正文只要一样：请去掉其中一个。")
        return cleaned


class FrameForm(forms.Form):
    """The frame of a plan (S2 to S4)."""

    title = forms.CharField(label="方案名称", max_length=LONGEST_TITLE)
    issuer = forms.CharField(label="发文机关", max_length=LONGEST_NAME, required=False)
    document_number = forms.CharField(label="发文字号", max_length=LONGEST_NUMBER, required=False)
    issued_on = forms.DateField(label="印发日期", required=False, widget=forms.DateInput)
    cycle_year = forms.IntegerField(label="年度", min_value=1949, max_value=2999, required=False)
    upstream = NamesField(lines=True, label="上级文件", help_text="一行一个：文号《名称》。")
    addressees = NamesField(label="主送单位")
    recipients = forms.MultipleChoiceField(
        label="签收单位",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="主送单位对应的本局单位；方案确认后，由它们的负责人逐个签收。",
    )
    purpose = forms.CharField(label="目的", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, units: Choices = (), **kwargs: Any) -> None:
        """``units`` are those that can be ticked as recipients."""
        super().__init__(*args, **kwargs)
        offer(self, "recipients", units)

    def clean_recipients(self) -> tuple[str, ...]:
        """The ticked units as the row keeps them."""
        return tuple(self.cleaned_data["recipients"])


class ItemForm(forms.Form):
    """Base of one line of a table of items: its place in the text, and the choices that it offers."""

    def __init__(
        self, *args: Any, stages: Choices = (), units: Choices = (), obligations: Choices = (), **kwargs: Any
    ) -> None:
        """Options of the fields: ``obligations`` are those of higher plans; without any, nothing asks for them."""
        super().__init__(*args, **kwargs)
        self.fields["span"] = SpanField()
        if obligations:
            field = self.fields["cites"] = CitesField()
            kept = field.prepare_value(self.initial.get("cites") or ())
            # What came through the interface may be several that no choice puts together; it stays a choice here.
            others = [] if kept in ("", *dict(obligations)) else [(kept, kept)]
            offer(self, "cites", [*obligations, *others], none="不对应上级方案")
        for name, choices, none in (("stage", stages, "不属于哪个阶段"), ("units", units, None)):
            if name in self.fields:
                offer(self, name, choices, none=none)


def _to_ordinal(value: str) -> int | None:
    return int(value) if value else None


class StageForm(ItemForm):
    """One stage."""

    ordinal = forms.IntegerField(
        min_value=1, max_value=99, widget=forms.NumberInput(attrs={"class": "form-control", "aria-label": "第几阶段"})
    )
    name = forms.CharField(widget=text_input("阶段名称"))
    start = FuzzyDateField(label="开始")
    end = FuzzyDateField(label="结束")


class TaskForm(ItemForm):
    """One task."""

    name = forms.CharField(widget=text_input("任务"))
    stage = forms.TypedChoiceField(
        required=False,
        coerce=_to_ordinal,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select", "aria-label": "任务属于哪个阶段"}),
    )
    section = forms.CharField(required=False, widget=forms.HiddenInput)


class OwedForm(ItemForm):
    """One line of who owes something: for each name that no unit bears a question what it means."""

    def __init__(
        self, *args: Any, units: Choices = (), unmatched: Mapping[str, Sequence[str]] | None = None, **kwargs: Any
    ) -> None:
        """``unmatched``: wording → its names that no unit of the bureau bears."""
        super().__init__(*args, units=units, **kwargs)
        settled = {one.name: one.unit or OUTSIDE for one in self.initial.get("settled") or ()}
        self._asked = {
            f"settled_{place}": name
            for place, name in enumerate((unmatched or {}).get(self.initial.get("submitter", ""), ()))
        }
        for field, name in self._asked.items():
            self.fields[field] = forms.ChoiceField(
                label=f"“{name}”指",
                required=False,
                initial=settled.get(name, ""),
                choices=[("", "还没有认定"), (OUTSIDE, "外单位，不进本局矩阵"), *units],
            )

    @property
    def settling(self) -> list[forms.BoundField]:
        """The questions about names that no unit bears."""
        return [self[field] for field in self._asked]

    def clean(self) -> dict[str, Any]:
        """The answers as the item keeps them."""
        cleaned: dict[str, Any] = super().clean() or {}
        answers = {name: cleaned.get(field, "") for field, name in self._asked.items()}
        cleaned["settled"] = tuple(
            Settled(name=name, unit="" if answer == OUTSIDE else answer) for name, answer in answers.items() if answer
        )
        return cleaned


class DeadlineForm(OwedForm):
    """One deadline with what is owed, by whom, to whom."""

    due = FuzzyDateField(label="期限")
    kind = forms.TypedChoiceField(label="要求", choices=REQUIREMENTS, coerce=Due, initial=Due.SUBMIT.value)
    stage = forms.TypedChoiceField(label="阶段", required=False, coerce=_to_ordinal, empty_value=None)
    policy = forms.TypedChoiceField(
        label="遇休息日", choices=CalendarPolicy.choices(), coerce=CalendarPolicy, initial=CalendarPolicy.FIXED.value
    )
    deliverables = NamesField(lines=True, label="报送什么", help_text="一行一份，每份在矩阵里占一列。")
    receivers = NamesField(label="报给谁")
    submitter = forms.CharField(label="谁报（原文）", required=False)
    inclusive = forms.BooleanField(label="到期日当天报送算按时", required=False, initial=True)
    units = forms.MultipleChoiceField(label="对应的单位", required=False, widget=forms.CheckboxSelectMultiple)


class DutyForm(OwedForm):
    """One periodic duty."""

    cycle = forms.TypedChoiceField(label="周期", choices=Cycle.choices(), coerce=Cycle, initial=Cycle.MONTHLY.value)
    what = forms.CharField(label="做什么")
    submitter = forms.CharField(label="谁做（原文）", required=False)
    receivers = NamesField(label="报给谁")
    units = forms.MultipleChoiceField(label="对应的单位", required=False, widget=forms.CheckboxSelectMultiple)
    every = forms.CharField(
        label="每次的时间（原文）",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "如每月25日前"}),
    )


BLANK = 3
"""How many items can be added to a list in one save."""
LISTS: dict[str, tuple[type[ItemForm], type[Any], int]] = {
    "stages": (StageForm, StageItem, BLANK),
    "tasks": (TaskForm, TaskItem, BLANK),
    "deadlines": (DeadlineForm, DeadlineItem, BLANK),
    "duties": (DutyForm, DutyItem, BLANK),
}
"""List → its form, its item, and how many blank lines stand ready at its end."""


@dataclass
class ReadingForms:
    """The form of a reading: the frame, and one formset for each list of items."""

    frame: FrameForm
    lists: dict[str, BaseFormSet[Any]]

    @classmethod
    def of(
        cls,
        row: ProgrammeRow,
        units: Choices,
        posted: Mapping[str, Any] | None = None,
        unmatched: Mapping[str, Sequence[str]] | None = None,
        obligations: Choices = (),
    ) -> ReadingForms:
        """Forms that show ``row``, or what was posted; ``unmatched`` and ``obligations`` as in the forms of items."""
        initial = {name: getattr(row, name) for name in FrameForm.base_fields}
        frame = FrameForm(posted, initial=initial, prefix="frame", units=units)
        ordinals = sorted({stage.ordinal for stage in row.stages} | set(range(1, len(row.stages) + BLANK + 1)))
        stages = [(str(ordinal), f"第{ordinal}阶段") for ordinal in ordinals]
        made: dict[str, BaseFormSet[Any]] = {}
        for name, (form, _, blank) in LISTS.items():
            items = [_initial(item) for item in getattr(row, name)]
            formset = formset_factory(form, extra=blank, can_delete=True)
            choices: dict[str, Any] = {"stages": stages, "units": units, "obligations": obligations}
            choices |= {"unmatched": unmatched} if issubclass(form, OwedForm) else {}
            made[name] = formset(posted, initial=items, prefix=name, form_kwargs=choices)
        return cls(frame, made)

    def is_valid(self) -> bool:
        """Whether everything that was typed can be read."""
        valid = [self.frame.is_valid(), *(formset.is_valid() for formset in self.lists.values())]
        return all(valid)

    def to_row(self, base: ProgrammeRow) -> ProgrammeRow:
        """``base`` with the answers; call after ``is_valid``."""
        answers: dict[str, Any] = dict(self.frame.cleaned_data)
        answers |= {name: tuple(_items(self.lists[name], kind)) for name, (_, kind, _) in LISTS.items()}
        answers["stages"] = tuple(sorted(answers["stages"], key=lambda stage: stage.ordinal))
        return replace(base, **answers)

    @property
    def faults(self) -> int:
        """How many fields hold something that cannot be read."""
        inside = (form.errors for formset in self.lists.values() for form in formset.forms)
        return len(self.frame.errors) + sum(len(errors) for errors in inside)


class CameForm(forms.Form):
    """On which day one unit handed in its paper."""

    unit = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    day = forms.DateField(
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "form-control"}),
        error_messages={"invalid": "请填写日期，如2026-04-24；还没有报送就留空。"},
    )


CameForms = formset_factory(CameForm, extra=0)


def came_in(formset: BaseFormSet[Any]) -> list[Came]:
    """What a valid formset of days says of every unit."""
    return [Came(unit=one["unit"], day=one["day"], version=one["version"]) for one in formset.cleaned_data]


def _initial(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in type(item).__dataclass_fields__}


def _items(formset: BaseFormSet[Any], kind: type[Any]) -> list[Any]:
    fields = set(kind.__dataclass_fields__)
    kept = [
        form.cleaned_data
        for place, form in enumerate(formset.forms)
        if form not in formset.deleted_forms and (place < formset.initial_form_count() or form.has_changed())
    ]
    found = [{name: value for name, value in cleaned.items() if name in fields} for cleaned in kept]
    return [kind(**{**one, **({"units": tuple(one["units"])} if "units" in one else {})}) for one in found]
