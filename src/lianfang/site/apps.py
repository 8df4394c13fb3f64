"""Django application of the room."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """全站."""

    name = "lianfang.site"
    label = "site"
    verbose_name = "全站"
