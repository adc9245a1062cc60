"""What holds for every request: headers that Django 5.2 does not send, and 404 for what is gone."""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class ContentSecurityPolicyMiddleware:
    """Send `settings.SECURE_CSP`, shaped as for Django 6, whose own middleware replaces this."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = "; ".join(
            f"{directive} {' '.join(sources)}" for directive, sources in settings.SECURE_CSP.items()
        )

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = self.policy
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class GoneMiddleware:
    """Answer 404 when a row that a view has loaded is gone by the time it is locked.

    It was deleted, or purged, in between; no view has to think of that.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, ObjectDoesNotExist):
            raise Http404("It is gone.") from exception
