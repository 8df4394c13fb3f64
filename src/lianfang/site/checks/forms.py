"""What the waiver of one finding asks: why it is tolerated, and until when."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone


class WaiverForm(forms.Form):
    """Reason and last day of a waiver."""

    reason = forms.CharField(
        label="豁免理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明为什么这条检查结果在本单位可以接受，用什么办法补救。",
        error_messages={"required": "请填写豁免理由。"},
    )
    expires = forms.DateField(
        label="有效期至",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "请填写有效期。", "invalid": "请写成 2026-12-31 这样的日期。"},
    )

    def __init__(self, posted: Any = None, *, longest: int) -> None:
        """``longest`` is how many days the bureau lets a waiver last; half of it is suggested."""
        suggested = timezone.localdate() + datetime.timedelta(days=longest // 2)
        super().__init__(posted, initial={"expires": suggested})
        self.fields["expires"].help_text = f"最长 {longest} 天；到期后系统会重新报告。"
