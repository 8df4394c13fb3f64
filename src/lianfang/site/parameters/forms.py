"""What proposing a value asks: the value, from which day, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

from lianfang.foundation.parameters import actions
from lianfang.foundation.parameters.definitions import Definition
from lianfang.foundation.parameters.rows import NOTHING_OWN, AdjustmentRow
from lianfang.foundation.web.register_pages import Ask
from lianfang.kernel.errors import Invalid

REQUIRED = "请填写新值。"


class ProposalForm(forms.Form):
    """One value within its range; where the unit has a value of its own, it may be given up."""

    give_up = forms.BooleanField(
        label=NOTHING_OWN,
        required=False,
        help_text="勾选后不填数值：重新使用纪委监委统一规定的数值；没有统一规定的，用默认值。",
    )
    start = forms.DateField(
        label="自何日起",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="留空为批准当天；批准晚于这一天的，从批准当天起。",
        error_messages={"invalid": "请写成 2026-12-31 这样的日期。"},
    )
    reason = forms.CharField(
        label="调整理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明本局的什么情况使默认值或原值不合适。",
        error_messages={"required": "请写明调整理由。"},
    )

    def __init__(self, *args: Any, definition: Definition, has_own: bool, **kwargs: Any) -> None:
        """The value is a number or a choice, as ``definition`` says; ``has_own``: there is a value to give up."""
        super().__init__(*args, **kwargs)
        self.definition = definition
        self.fields["value"] = _value_field(definition, required=not has_own)
        self.order_fields(["value", "give_up", "start", "reason"])
        if not has_own:
            del self.fields["give_up"]

    def clean(self) -> dict[str, Any]:
        """Either a value within its range, or none of one's own."""
        answers = super().clean() or {}
        if answers.get("give_up"):
            answers["value"] = ""
        elif "value" not in self.errors:
            self._read(str(answers.get("value", "")))
        return answers

    def _read(self, text: str) -> None:
        try:
            self.definition.read(text)
        except Invalid as fault:
            self.add_error("value", f"{fault.message}{fault.remedy}" if text.strip() else REQUIRED)

    @staticmethod
    def showing(row: AdjustmentRow) -> dict[str, Any]:
        """What the form begins with: a proposal as it was sent back."""
        return {"value": row.value, "give_up": not row.value, "start": row.start, "reason": row.reason}


def _value_field(definition: Definition, *, required: bool) -> forms.Field:
    if definition.words:
        options = [("", "—"), *definition.words.choices()]
        return forms.ChoiceField(
            label="新值", choices=options, required=required, error_messages={"required": REQUIRED}
        )
    unit = f"（{definition.unit}）" if definition.unit else ""
    number = forms.NumberInput(attrs={"min": definition.least, "max": definition.most, "inputmode": "numeric"})
    return forms.CharField(
        label=f"新值{unit}",
        required=required,
        widget=number,
        help_text=f"可填：{definition.allowed}。",
        error_messages={"required": REQUIRED},
    )


ASKS = {
    "approve": Ask("required", "会议纪要编号或文号", as_basis=True, why="从生效日期起用于检查和办理，以前的结果不变。"),
    "return": Ask("required", "退回理由", why="退给提出人修改：理由写明缺什么、怎么改。"),
    "withdraw": Ask("optional", "撤回原因", danger=True, why="撤回以后不再调整，仍按现行值。"),
}
STEPS: dict[str, Callable[..., AdjustmentRow]] = {
    "approve": actions.approve_adjustment,
    "return": actions.return_adjustment,
    "withdraw": actions.withdraw_adjustment,
}
