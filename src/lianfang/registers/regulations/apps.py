"""Django application of the room."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    """制度."""

    name = "lianfang.registers.regulations"
    label = "regulations"
    verbose_name = "制度"
