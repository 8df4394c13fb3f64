"""Django application of the room."""

from django.apps import AppConfig


class LintConfig(AppConfig):
    """检查."""

    name = "lianfang.foundation.lint"
    label = "lint"
    verbose_name = "检查"
