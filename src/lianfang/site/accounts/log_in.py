"""Logging in: as Django does it, and the last log-in is shown so that a stolen password is noticed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse
from django.utils import timezone


class LogIn(LoginView):
    """The log-in page."""

    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Say when this account was last used, before this log-in overwrites it (GB/T 22239-2019 8.1.4.1)."""
        before = form.get_user().last_login
        response = super().form_valid(form)
        if before is None:
            messages.info(self.request, "这是这个账户第一次登录。")
        else:
            shown = timezone.localtime(before)
            messages.info(
                self.request, f"上次登录：{shown:%Y-%m-%d %H:%M}。如果不是您本人，请立即修改密码并告诉安全管理员。"
            )
        return response
