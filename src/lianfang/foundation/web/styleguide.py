"""What the pages of the component reference show: one section a page, each composed as a real page would be."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lianfang.foundation.web import specimens
from lianfang.foundation.web.row_form import whole_number
from lianfang.foundation.web.values import Choice, Column, Step, Tab, pager_for
from lianfang.kernel.errors import Absent, Broken, Conflict, Invalid, LianfangError, Refused
from lianfang.kernel.levels import Grade

SECTIONS = {
    "marks": "标识",
    "parts": "页面部件",
    "desk": "我的工作",
    "list": "列表",
    "form": "表单",
    "detail": "详情",
    "empty": "空状态",
    "paper": "打印",
}

COLUMNS = (
    Column("select", "", "select"),
    Column("number", "编号", "code", sortable=True),
    Column("name", "职权名称", "name", sortable=True),
    Column("category", "类别", "word"),
    Column("holder", "行使主体", sortable=True),
    Column("risks", "风险点", "number", sortable=True, hint="已受理、未销号的风险点"),
    Column("grade", "等级", "word"),
    Column("due", "报送期限", "date", sortable=True),
    Column("state", "状态", "state"),
)


class SpecimenForm(forms.Form):
    """A long form with one field of every sort."""

    name = forms.CharField(label="职权名称", max_length=200, help_text="与权责清单上的名称一字不差。")
    category = forms.ChoiceField(label="职权类别", choices=[("", "请选择"), *specimens.SpecimenKind.choices()])
    holder = forms.CharField(label="行使主体", max_length=100)
    due = forms.DateField(label="报送期限", required=False, widget=forms.DateInput)
    discretion = forms.IntegerField(label="裁量档次", required=False, min_value=0, help_text="没有裁量的填 0。")
    basis = forms.CharField(
        label="法律依据", widget=forms.Textarea(attrs={"rows": 3}), help_text="每行一条，写到条、款、项。"
    )
    conditions = forms.CharField(label="行使条件", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    steps = forms.CharField(
        label="行使程序",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="每行一步，例如：受理（窗口岗）【薄弱环节：一次性告知不留痕】",
    )
    visibility = forms.ChoiceField(
        label="内外部", choices=[("external", "外部"), ("internal", "内部")], widget=forms.RadioSelect
    )
    areas = forms.MultipleChoiceField(
        label="重点领域",
        required=False,
        choices=[
            ("permit", "环境行政许可"),
            ("enforcement", "环保执法"),
            ("funds", "资金项目分配"),
            ("purchase", "物资设备采购"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    three_major = forms.BooleanField(label="属于“三重一大”事项", required=False)
    attachment = forms.FileField(label="佐证材料", required=False)


def page(section: str, request: HttpRequest) -> dict[str, Any]:
    """The values of one section, beside the row of tabs that all sections share."""
    tabs = [Tab(key, label, reverse("web:section", args=[key])) for key, label in SECTIONS.items()]
    make = {"desk": _desk, "list": _list, "form": _form, "detail": _detail, "parts": _parts, "marks": _marks}
    more = make[section](request) if section in make else {"row": specimens.record(), "rows": specimens.rows(6)}
    return {"sections": tabs, "section": section, **more}


def error(code: str) -> LianfangError:
    """One of the five errors with the sentences a clerk would meet; an unknown code gives Absent."""
    examples: dict[str, LianfangError] = {
        "refused": Refused("您没有确权的权限，或者该单位不在您的授权范围内。"),
        "invalid": Invalid(
            "还有 2 个错误没有处理，不能提交。", details=["PWR014 没有写监督方式。", "PWR001 职权未注明设定依据。"]
        ),
        "conflict": Conflict(
            "QL-2017-0003 今天 10:32 被张科长修改过，您的修改没有保存。",
            details=["办理期限：60日 → 90日", "监督方式：（空） → 案卷评查"],
        ),
        "broken": Broken("系统没有完成这次操作，已有的记录没有被改动。"),
    }
    return examples.get(code, Absent("没有找到编号为“QL-2017-9999”的职权。"))


def _marks(_: HttpRequest) -> dict[str, Any]:
    listed = specimens.rows(6)
    return {
        "states": list(specimens.SpecimenState),
        "grades": [*Grade, None],
        "severities": ["E", "W", "I"],
        "rows": listed,
        "now": timezone.now(),
    }


def _steps() -> list[Step]:
    return [
        Step("清权通过", "#", "核对名称、依据和主体后，转法制审核员。", version=3, note="optional"),
        Step(
            "退回填报人", "#", "写明哪里需要改，填报人会收到待办。", version=3, note="required", note_label="退回理由"
        ),
        Step("确权", blocked="还没有通过合法性审核。"),
        Step(
            "取消职权",
            "#",
            "取消后不再排查风险，历史仍然保留。",
            version=3,
            note="required",
            note_label="取消依据",
            danger=True,
        ),
    ]


def _parts(_: HttpRequest) -> dict[str, Any]:
    tabs = [Tab("facts", "内容", "#facts"), Tab("risks", "风险点", "#risks", 4), Tab("history", "历史", "#history")]
    return {
        "steps": _steps(),
        "tabs": tabs,
        "path": list(specimens.SpecimenState)[:4],
        "here": specimens.SpecimenState.CHECKED,
        "aside": specimens.SpecimenState.UNDER_REVIEW,
    }


def _desk(_: HttpRequest) -> dict[str, Any]:
    return {"rows": specimens.rows(7), "columns": COLUMNS[1:3] + COLUMNS[7:]}


def _list(request: HttpRequest) -> dict[str, Any]:
    wanted = request.GET.get("page", "1")
    choices = [Choice(state.value, state.label, 40 - 6 * index) for index, state in enumerate(specimens.SpecimenState)]
    return {
        "rows": specimens.rows(),
        "columns": COLUMNS,
        "pager": pager_for(whole_number(wanted, 1), 25, 1_284),
        "state_choices": choices,
        "grade_choices": Grade.choices(),
        "kind_choices": specimens.SpecimenKind.choices(),
    }


def _form(request: HttpRequest) -> dict[str, Any]:
    faulty = request.method == "POST" or "faulty" in request.GET
    filled = {"name": "入河排污口设置审核", "visibility": "external", "discretion": "-1"}
    posted = request.POST if request.method == "POST" else filled
    return {"form": SpecimenForm(posted) if faulty else SpecimenForm(initial={"visibility": "external"})}


def _detail(_: HttpRequest) -> dict[str, Any]:
    address = reverse("web:section", args=["detail"])
    tabs = [
        Tab("facts", "内容", address),
        Tab("risks", "风险点", f"{address}#risks", 4),
        Tab("controls", "防控措施", f"{address}#controls", 6),
        Tab("history", "历史", f"{address}#history", 3),
    ]
    return {
        "row": specimens.record(),
        "steps": _steps(),
        "history": specimens.history(),
        "findings": specimens.findings(),
        "record_tabs": tabs,
        "path": list(specimens.SpecimenState)[:4],
    }
