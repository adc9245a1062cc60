"""What every request of a user needs: their numbers and times, and a way back to log-in."""

from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from workoutlog.numbers import decimal_mark


class PreferencesMiddleware:
    """Show times in the user's zone and numbers with the user's decimal mark."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        timezone.deactivate()
        decimal_mark.set(".")
        if request.user.is_authenticated:
            timezone.activate(request.user.zone)
            decimal_mark.set(request.user.decimal_mark)
        return self.get_response(request)


class LogInMiddleware(LoginRequiredMiddleware):
    """Every page needs a user; after log-in one comes back to the page, never to a fragment."""

    def handle_no_permission(self, request, view_func):
        if request.htmx:
            page = request.htmx.current_url_abs_path or "/"
        elif request.method == "POST":
            page = self._page_it_came_from(request)
        else:
            return super().handle_no_permission(request, view_func)
        url = f"{resolve_url(self.get_login_url(view_func))}?{urlencode({'next': page})}"
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)

    @staticmethod
    def _page_it_came_from(request) -> str:
        origin = urlsplit(request.headers.get("Referer", ""))
        return origin.path if origin.netloc == request.get_host() and origin.path else "/"
