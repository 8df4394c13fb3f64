"""Django application of the room."""

from django.apps import AppConfig


class ParametersConfig(AppConfig):
    """参数."""

    name = "lianfang.foundation.parameters"
    label = "parameters"
    verbose_name = "参数"
