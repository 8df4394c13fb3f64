"""What the pages must remember between two requests: which forms were already sent."""

from __future__ import annotations

from django.db import models


class Press(models.Model):
    """One form as it was sent once, by the digest of everything in it; ``address`` is where it led, "" until it did."""

    digest = models.CharField("指纹", max_length=64, unique=True)
    address = models.TextField("去向", blank=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        """Kept for a day."""

        verbose_name = verbose_name_plural = "已提交的表单"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.address}"
