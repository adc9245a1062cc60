"""What the environment decides, and what is said when it is wrong."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

KEY = "k" * 60


def run(*arguments, **environment):
    """Run Python on the project with an environment of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=kept | {"ENV_FILE": ""} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def read(*names, **environment):
    code = f"""
import json
from workoutlog import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {names}}}, default=str))
"""
    done = run("-c", code, **({"SECRET_KEY": KEY} | environment))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        ({}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "change-me"}, "placeholder"),
        ({"SECRET_KEY_FILE": "/nowhere/key"}, "SECRET_KEY_FILE cannot be read"),
        ({"SECRET_KEY": KEY, "SITE_URL": "log.example.org"}, "SITE_URL must look like"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL must begin"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("manage.py", "runserver"),
        ("-m", "workoutlog.prepare"),
        ("-m", "gunicorn", "workoutlog.wsgi", "--preload", "--bind", "127.0.0.1:0"),
    ],
)
def test_wrong_settings_end_every_command_in_one_line(command, environment, message):
    done = run(*command, **environment)
    assert done.returncode != 0
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_example_is_refused_until_its_key_is_changed():
    done = run("manage.py", "check", ENV_FILE=".env.example")
    assert "placeholder" in done.stderr


def test_the_key_may_lie_in_a_file(tmp_path):
    (tmp_path / "key").write_text("from a file\n")
    file = str(tmp_path / "key")
    assert read("SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=file) == {"SECRET_KEY": "from a file"}


def test_nothing_configured_is_safe():
    assert read("DEBUG", "ALLOWED_HOSTS", "HTTPS") == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["localhost", "127.0.0.1", "[::1]"],
        "HTTPS": False,
    }


def test_https_makes_cookies_secure_and_trusts_the_site():
    found = read(
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "CSRF_TRUSTED_ORIGINS",
        "ALLOWED_HOSTS",
        SITE_URL="https://log.example.org/",
    )
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert found["SECURE_SSL_REDIRECT"]
    assert found["SECURE_HSTS_SECONDS"] > 0
    assert found["CSRF_TRUSTED_ORIGINS"] == ["https://log.example.org"]
    assert "log.example.org" in found["ALLOWED_HOSTS"]


def test_sqlite_is_set_up_to_lose_nothing():
    config = read("DATABASES", DATABASE_URL="sqlite:////tmp/some.sqlite3")["DATABASES"]["default"]
    assert config["NAME"] == "/tmp/some.sqlite3"
    assert config["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in config["OPTIONS"]["init_command"]


def test_postgresql_keeps_options_of_its_url_beside_ours():
    url = "postgres://me:secret@db.example/log?sslmode=require&connect_timeout=3"
    config = read("DATABASES", DATABASE_URL=url)["DATABASES"]["default"]
    assert config["OPTIONS"]["sslmode"] == "require"
    assert config["OPTIONS"]["connect_timeout"] == 3
    assert "statement_timeout" in config["OPTIONS"]["options"]
    assert config["OPTIONS"]["pool"]["max_size"] >= 9


def test_a_pooler_gets_neither_start_options_nor_server_side_cursors():
    url = "postgres://me@db.example/log"
    config = read("DATABASES", DATABASE_URL=url, DATABASE_POOLER="1")["DATABASES"]["default"]
    assert "options" not in config["OPTIONS"]
    assert config["DISABLE_SERVER_SIDE_CURSORS"]


def test_passwords_are_hashed_as_owasp_says():
    from django.contrib.auth.hashers import check_password, make_password

    hashed = make_password("sesame, please", hasher="argon2")
    assert "$argon2id$v=19$m=47104,t=1,p=1$" in hashed
    assert check_password("sesame, please", hashed)
