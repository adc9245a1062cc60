"""A pytest plugin: the environment of the tests, whatever the machine or a `.env` says."""

import os
import tempfile

for name in (
    "ALLOWED_HOSTS",
    "DATABASE_POOLER",
    "DEBUG",
    "DEFAULT_FROM_EMAIL",
    "EMAIL_URL",
    "PROXY_COUNT",
    "SECRET_KEY_FILE",
    "SITE_URL",
):
    os.environ.pop(name, None)
folder = tempfile.TemporaryDirectory(prefix="workoutlog-tests-")
os.environ["ENV_FILE"] = ""
os.environ["SECRET_KEY"] = "only-for-the-tests " * 3
os.environ["DATABASE_URL"] = (
    os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{folder.name}/workoutlog.sqlite3"
)


def pytest_configure():
    from django.conf import settings

    # {% static %} without collectstatic: plain names, served from where the files lie.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
