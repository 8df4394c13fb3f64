"""Forms of accounts and grants."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from lianfang.foundation.accounts.roles import Role
from lianfang.foundation.accounts.rows import GrantRow, UserRow
from lianfang.foundation.organisation.queries import person_names
from lianfang.foundation.web.choices import offer

EVERYWHERE = "*"
"""What the picker sends for all units; an empty choice is no choice."""


def on_the_roster(person: str) -> str:
    """The number of a person without spaces around it, "" for none.

    Raises:
        ValidationError: the roster does not know it.
    """
    person = person.strip()
    if person and person not in person_names([person]):
        raise forms.ValidationError(f"人员名册里没有“{person}”。请核对编号，或者先由廉政办登记人员。")
    return person


class NamedPerson(forms.Form):
    """Whose an account is: number and name together, so that a slip of a figure does not pass."""

    person = forms.CharField(label="人员编号", max_length=64)
    name = forms.CharField(
        label="姓名",
        max_length=64,
        help_text="和人员名册里的姓名核对，防止把编号填成别人的。",
        error_messages={"required": "请填写姓名。"},
    )

    def clean_person(self) -> str:
        """Nothing, or a number that the roster knows."""
        return on_the_roster(self.cleaned_data["person"])

    def clean(self) -> dict[str, Any]:
        """Number and name are one person's."""
        answers = super().clean() or {}
        person, name = answers.get("person"), (answers.get("name") or "").strip()
        if person and name and person_names([person]).get(person) != name:
            self.add_error("name", f"人员名册里的“{person}”不叫“{name}”。请核对编号和姓名。")
        return answers


class UserForm(NamedPerson):
    """A new account; its password is made by the system."""

    login = forms.CharField(
        label="登录名",
        max_length=32,
        help_text="3 至 32 个小写字母、数字、点、短横线、下划线，以字母开头；定了就不再改。",
        error_messages={"required": "请填写登录名。"},
    )
    title = forms.CharField(
        label="称谓",
        max_length=120,
        help_text="显示在每一条办理记录里，例如：污染防治科　张科长。",
        error_messages={"required": "请填写称谓。"},
    )
    person = forms.CharField(
        label="人员编号",
        max_length=64,
        required=False,
        help_text="授予业务角色的账户必须填写；只有系统管理员、安全管理员、安全审计员的账户可以留空。",
    )

    name = forms.CharField(
        label="姓名",
        max_length=64,
        required=False,
        help_text="填了人员编号的，写人员名册里的姓名，防止把编号填成别人的。",
    )

    def clean(self) -> dict[str, Any]:
        """A person is said by number and name; an account of nobody has neither."""
        answers = super().clean()
        given = {field: (answers.get(field) or "").strip() for field in ("person", "name")}
        if given["person"] and not given["name"] and "name" not in self.errors:
            self.add_error("name", "请填写姓名，和人员名册核对。")
        if given["name"] and not given["person"] and "person" not in self.errors:
            self.add_error("person", "请填写人员编号；不登记人员的，姓名也留空。")
        return answers

    def to_row(self) -> UserRow:
        """The cleaned answers; call after ``is_valid``."""
        answers = self.cleaned_data
        return UserRow(number=answers["login"], title=answers["title"], person=answers["person"])


class PersonForm(NamedPerson):
    """Whose an account is that was opened without a person."""

    person = forms.CharField(
        label="人员编号",
        max_length=64,
        help_text="人员名册里的编号，例如 LH-M05；登记以后不能改。",
        error_messages={"required": "请填写人员编号。"},
    )
    note = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="凭什么知道这个账户是谁的：任职文件号、本人确认的书面记录。",
        error_messages={"required": "请填写依据。"},
    )


class GrantForm(forms.Form):
    """One role over one subtree, with dates and a reason."""

    user = forms.ChoiceField(label="账户", error_messages={"required": "请选择账户。"})
    role = forms.ChoiceField(
        label="角色", choices=[("", "—"), *Role.choices()], error_messages={"required": "请选择角色。"}
    )
    scope = forms.ChoiceField(
        label="授权范围", help_text="包括所选单位和它的全部下级单位。", error_messages={"required": "请选择授权范围。"}
    )
    start = forms.DateField(label="自", initial=timezone.localdate, error_messages={"required": "请填写开始日期。"})
    end = forms.DateField(label="至", required=False, help_text="含当日；不设截止日期的留空。")
    reason = forms.CharField(
        label="依据",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="任职文件号、分工通知、局党组会纪要编号。",
        error_messages={"required": "请填写依据。"},
    )

    def __init__(
        self, *args: Any, users: Sequence[tuple[str, str]], scopes: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the accounts and the units that this administrator may choose from."""
        super().__init__(*args, **kwargs)
        offer(self, "user", users, none="—")
        offer(self, "scope", [(EVERYWHERE, "全部单位"), *scopes], none="—")

    def to_row(self) -> GrantRow:
        """The cleaned answers; call after ``is_valid``."""
        answers = self.cleaned_data
        scope = "" if answers["scope"] == EVERYWHERE else answers["scope"]
        return GrantRow(
            number="",
            user=answers["user"],
            role=Role(answers["role"]),
            scope=scope,
            start=answers["start"],
            end=answers["end"],
            reason=answers["reason"],
        )


class PasswordForm(forms.Form):
    """The own password, old and new."""

    old = forms.CharField(
        label="原密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "请填写原密码。"},
    )
    new = forms.CharField(
        label="新密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能是常见密码，不能和登录名、称谓相近。",
        error_messages={"required": "请填写新密码。"},
    )
    again = forms.CharField(
        label="再输一遍",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "请再输一遍新密码。"},
    )

    def clean(self) -> dict[str, Any]:
        """Both spellings of the new password are the same."""
        answers = super().clean() or {}
        if answers.get("new") and answers.get("again") and answers["new"] != answers["again"]:
            self.add_error("again", "两次输入的新密码不一样。")
        return answers
