"""Health checks: `/healthz/live` (the process answers), `/healthz/ready` (so does its database)."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse

READY_WITHIN_SECONDS = 0.8

logger = logging.getLogger(__name__)
# One thread: a database that hangs holds one check, and those behind it time out as well.
checker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")


class HealthMiddleware:
    """Answers before anything that needs a host name, a session or the database."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "/healthz/live":
            return answer(True)
        if request.path == "/healthz/ready":
            return answer(ready())
        return self.get_response(request)


def answer(healthy):
    return HttpResponse(
        "ok\n" if healthy else "unavailable\n",
        status=200 if healthy else 503,
        content_type="text/plain",
        headers={"Cache-Control": "no-store"},
    )


def ready():
    """Say whether the database answers in time and has every migration."""
    check = checker.submit(database_is_migrated)
    try:
        return check.result(READY_WITHIN_SECONDS)
    except TimeoutError:
        check.cancel()
        logger.warning("The database did not answer within %s s", READY_WITHIN_SECONDS)
    except Error as error:
        logger.warning("The database does not answer: %s", error)
    return False


def database_is_migrated():
    try:
        return known_migrations() <= MigrationRecorder(connection).applied_migrations().keys()
    finally:
        connection.close()


@cache
def known_migrations():
    return frozenset(MigrationLoader(None).graph.nodes)
