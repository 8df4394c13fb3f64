"""Django application of the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """页面公用."""

    name = "lianfang.foundation.web"
    label = "web"
    verbose_name = "页面公用"
