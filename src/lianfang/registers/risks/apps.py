"""Django application of the room."""

from django.apps import AppConfig


class RisksConfig(AppConfig):
    """负面清单与风险点."""

    name = "lianfang.registers.risks"
    label = "risks"
    verbose_name = "负面清单与风险点"
