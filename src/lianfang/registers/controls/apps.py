"""Django application of the room."""

from django.apps import AppConfig


class ControlsConfig(AppConfig):
    """防控措施与台账."""

    name = "lianfang.registers.controls"
    label = "controls"
    verbose_name = "防控措施与台账"
