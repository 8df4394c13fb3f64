"""Django application of the room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """方案·阶段·报送."""

    name = "lianfang.programme.plans"
    label = "plans"
    verbose_name = "方案"
