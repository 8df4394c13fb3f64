"""Django application of the room."""

from django.apps import AppConfig


class PowersConfig(AppConfig):
    """权力清单."""

    name = "lianfang.registers.powers"
    label = "powers"
    verbose_name = "权力清单"
