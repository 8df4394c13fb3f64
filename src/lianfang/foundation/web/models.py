"""What pages and programs must not do twice: which forms and which writes of the interface were already sent."""

from __future__ import annotations

from django.db import models

from lianfang.foundation.catalogue.fields import CodeField


class Press(models.Model):
    """One form or write as it was sent once; ``address`` is where it led, or where it was sent, "" until it is done.

    ``digest`` tells it from all others. A write is known by the key that the program gave it, so its ``content`` is
    kept beside (a form's is in the digest), and so is what was answered: ``status`` and ``answer``.

    ``owner`` is the run that may act on it. ``kind`` and ``number`` are of the first entry that it wrote, written in
    the same transaction: where they stand, the thing was done, whatever became of the answer.
    """

    digest = models.CharField("指纹", max_length=64, unique=True)
    content = models.CharField("内容的指纹", max_length=64, blank=True)
    address = models.TextField("去向", blank=True)
    status = models.PositiveSmallIntegerField("回答的状态码", default=0)
    answer = models.TextField("回答", blank=True)
    owner = models.CharField("由哪一次办理", max_length=32, blank=True)
    kind = models.CharField("所办的清单", max_length=32, blank=True)
    number = CodeField("所办的编号", max_length=64, blank=True)
    at = models.DateTimeField("时间", db_index=True)

    class Meta:
        """Kept for a day."""

        verbose_name = verbose_name_plural = "已提交的表单"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.address}"
