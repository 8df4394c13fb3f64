"""The forms of the law table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lianfang.foundation.web.choices import offer
from lianfang.foundation.web.row_form import RowForm, Section
from lianfang.registers.laws.models import Law
from lianfang.registers.laws.rows import ArticleRow
from lianfang.registers.laws.sheets import LAWS

_WHAT = ("title", "short_titles", "level", "document_number", "issuer")
_WHEN = Section(
    "何时有效", ("in_force_from", "repealed_on", "replaced_by"), "废止日期当天起失效；引用它的职权随即提示依据失效。"
)
_ARTICLES = Section(
    "条文和新旧对应",
    ("articles", "note"),
    "一行一条：第二十四条｜现场检查→L001 第五十一条（未核验）。没有核对过官方文本的，一律写“未核验”。",
)


class NewLawForm(RowForm):
    """A law that is entered."""

    sheet = LAWS
    model = Law
    sections = (Section("是什么文件", ("number", *_WHAT)), _WHEN, _ARTICLES)


class LawForm(RowForm):
    """A law that is changed; whether it is verified is not to be typed."""

    sheet = LAWS
    model = Law
    sections = (Section("是什么文件", _WHAT), _WHEN, _ARTICLES)


class RepealForm(forms.Form):
    """A law ends."""

    on = forms.DateField(label="废止日期", error_messages={"required": "请填写废止日期。"})
    replaced_by = forms.ChoiceField(label="由哪件法规替代", required=False)
    basis = forms.CharField(
        label="依据",
        max_length=500,
        help_text="例如：《生态环境法典》第一千二百四十二条。",
        error_messages={"required": "请填写依据。"},
    )

    def __init__(self, *args: Any, laws: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the other laws."""
        super().__init__(*args, **kwargs)
        offer(self, "replaced_by", laws, none="没有替代它的法规")


class VerifyForm(forms.Form):
    """Somebody compared the law, and perhaps some mappings, with the official text."""

    articles = forms.MultipleChoiceField(label="核对过的新旧对应", required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label="对照的来源",
        max_length=300,
        help_text="例如：国家法律法规数据库，2026年8月20日查阅。",
        error_messages={"required": "请填写对照的来源。"},
    )

    def __init__(self, *args: Any, articles: Sequence[ArticleRow], **kwargs: Any) -> None:
        """Offer the mappings that nobody has compared yet."""
        super().__init__(*args, **kwargs)
        offered = (
            (part.article, f"{part.article} → {part.successor_article}")
            for part in articles
            if part.successor_article and not part.verified
        )
        offer(self, "articles", offered)
