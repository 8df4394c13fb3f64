"""Django application of the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """操作日志."""

    name = "lianfang.foundation.journal"
    label = "journal"
    verbose_name = "操作日志"
