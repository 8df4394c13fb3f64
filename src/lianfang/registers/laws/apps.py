"""Django application of the room."""

from django.apps import AppConfig


class LawsConfig(AppConfig):
    """法规依据."""

    name = "lianfang.registers.laws"
    label = "laws"
    verbose_name = "法规依据"
