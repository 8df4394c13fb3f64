"""The forms of a regulation: what it is, how it was evaluated, how it is issued, and what its steps ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lianfang.foundation.documents.columns import Column
from lianfang.foundation.web.register_pages import Ask
from lianfang.foundation.web.row_form import CellField, RowForm, Section
from lianfang.registers.regulations import actions
from lianfang.registers.regulations.actions import Issue
from lianfang.registers.regulations.models import Regulation
from lianfang.registers.regulations.rows import RegulationRow, TestResult
from lianfang.registers.regulations.sheets import REGULATIONS

VERDICTS = [("", "未评"), ("yes", "通过"), ("no", "不通过")]
TESTS = ("integrity_test", "reason_test", "effect_test")
ASKS = {
    "draft": Ask(needs_clean=True, why="评估结论为新建或修订的，草案交法制审核员审核。"),
    "return": Ask("required", "退回理由", why="退给起草的科室修改草案：理由写明缺什么、怎么改。"),
    "check": Ask(why="不抵触上位法，不给部门设权，责任追究条款明确。"),
    "adopt": Ask("required", "会议纪要编号", as_basis=True, why="局党组会审议通过后，内容就此固定。"),
    "keep": Ask("required", "会议纪要编号或原文号", as_basis=True, why="评估结论为保留的，确认后继续施行。"),
    "repeal": Ask("required", "废止依据", as_basis=True, danger=True, why="废止以后只供查阅，不再覆盖职权。"),
    "evaluate": Ask(page="regulations:evaluate", why="评估廉洁性、合理性、有效性，定新建、修订、废止还是保留。"),
    "enforce": Ask(page="regulations:enforce", why="填写文号和施行日期。"),
}
STEPS: dict[str, Callable[..., RegulationRow]] = {
    "draft": actions.draft_regulation,
    "return": actions.return_regulation,
    "check": actions.check_regulation,
    "adopt": actions.adopt_regulation,
    "keep": actions.keep_regulation,
    "repeal": actions.repeal_regulation,
}


class VerdictWidget(forms.MultiWidget):
    """A verdict and a note, side by side."""

    def __init__(self) -> None:
        """A drop-down list and two lines of text."""
        super().__init__([forms.Select(choices=VERDICTS), forms.Textarea(attrs={"rows": 2})])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Each part wears the class of its kind: the page gives one class to both."""
        context = super().get_context(name, value, attrs)
        first, second = context["widget"]["subwidgets"]
        given = first["attrs"].get("class", "")
        first["attrs"]["class"] = f"{given.replace('form-control', 'form-select')} mb-1".strip()
        second["attrs"]["aria-label"] = "说明"
        second["attrs"]["placeholder"] = "看了什么、查到什么"
        return context

    def decompress(self, value: Any) -> list[str]:
        """The two parts of a stored result."""
        if not isinstance(value, TestResult):
            return ["", ""]
        return [{True: "yes", False: "no", None: ""}[value.passed], value.note]


class VerdictField(forms.MultiValueField):
    """One of the three tests of S35; a failure has to say what was found."""

    def __init__(self, column: Column) -> None:
        """Label and help are those of the column; the question alone is the help here."""
        parts = (forms.ChoiceField(choices=VERDICTS, required=False), forms.CharField(required=False))
        help_text = column.note.partition("？")[0] + "？"
        super().__init__(parts, widget=VerdictWidget(), required=False, label=column.heading, help_text=help_text)

    def compress(self, data_list: list[str]) -> TestResult:
        """The result, as its cell in a workbook would give it."""
        verdict, note = (data_list or ["", ""])[:2]
        if verdict == "no" and not note.strip():
            raise ValidationError("没有通过的，要写明查到什么。")
        return TestResult({"yes": True, "no": False}.get(verdict), note.strip())


EVALUATION = Section(
    "评估",
    ("change", "cause", "evaluation", *TESTS),
    "先评估，再定新建、修订、废止还是保留；现有制度没有管住权力的，写明是哪一种原因。",
)


class _TestedForm(RowForm):
    """A form with the three tests."""

    sheet = REGULATIONS
    model = Regulation

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Replace the text cells of the tests by verdict and note."""
        super().__init__(*args, **kwargs)
        for name in TESTS:
            self.fields[name] = VerdictField(self.sheet.column(name))


class EvaluationForm(_TestedForm):
    """The evaluation alone: S34 and S35."""

    sections = (EVALUATION,)


class RegulationForm(_TestedForm):
    """A regulation with its evaluation; number, state and version are not the drafter's to type."""

    sections = (
        Section("是什么制度", ("unit", "title", "document_number", "effective_on", "mechanism", "replaces")),
        Section("管哪些职权", ("powers",), "一项权力配套一项制度：勾选这件制度管住的职权，可以多选。"),
        Section(
            "凭什么、谁担责",
            ("basis", "accountability"),
            "依据写到条；责任追究条款写明什么情形、由谁、给什么处理。",
        ),
        EVALUATION,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Powers are ticked from a list."""
        super().__init__(*args, **kwargs)
        powers = self.fields["powers"]
        if isinstance(powers, CellField) and isinstance(powers.widget, forms.SelectMultiple):
            powers.widget = forms.CheckboxSelectMultiple(choices=powers.widget.choices)
            powers.help_text = ""


class IssueForm(forms.Form):
    """How an adopted regulation is issued."""

    document_number = forms.CharField(
        label="文号",
        max_length=120,
        help_text="确实没有文号的，写明“无文号”和发布方式。",
        error_messages={"required": "请填写文号。"},
    )
    effective_on = forms.DateField(
        label="施行日期", widget=forms.DateInput, error_messages={"required": "请填写施行日期。"}
    )

    def to_issue(self) -> Issue:
        """The cleaned answers; call after ``is_valid``."""
        return Issue(self.cleaned_data["document_number"], self.cleaned_data["effective_on"])
