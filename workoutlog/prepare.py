"""What `bin/run` does between installing and serving: database, catalog, static files."""

import hashlib
import os
import sys
from pathlib import Path

import django
from django.core.exceptions import ImproperlyConfigured


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workoutlog.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"Error: {error}")
    prepare_database()
    prepare_static_files()
    print(f"Database: {describe_database()}", flush=True)


def prepare_database():
    from django.core.management import call_command
    from django.db import Error, connection

    # Without the pool, which would wait and try again, and not say what is wrong.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            if connection.vendor == "postgresql":  # A migration may take longer than a page.
                cursor.execute("SET statement_timeout = 0")
    except Error as error:
        reason = " ".join(str(error).split())
        sys.exit(f"Error: the database ({describe_database()}) is unreachable: {reason}")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_catalog", verbosity=0)


def describe_database():
    """Return engine and place, without user and password."""
    from django.conf import settings
    from django.db import connection

    config = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"SQLite, {config['NAME'].removeprefix(f'{settings.BASE_DIR}/')}"
    place = config["HOST"] or config["OPTIONS"].get("host") or "the local socket"
    return f"PostgreSQL, {config['NAME']} on {place}{config['PORT'] and ':'}{config['PORT']}"


def prepare_static_files():
    """Collect them if a source file changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT, ".sources")
    sources = fingerprint()
    if not stamp.is_file() or stamp.read_text() != sources:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(sources)


def fingerprint():
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            stat = os.stat(storage.path(path))
            digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
