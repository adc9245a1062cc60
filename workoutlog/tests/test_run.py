"""`bin/run` from a folder with nothing in it but the files of the project."""

import os
import shutil
import socket
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings


@pytest.fixture
def tree(tmp_path):
    """A copy of the project that borrows this one's virtual environment."""
    leave_out = shutil.ignore_patterns(".*", "var", "__pycache__", "tests")
    shutil.copytree(settings.BASE_DIR, tmp_path / "tree", ignore=leave_out)
    (tmp_path / "tree" / ".venv").symlink_to(sys.prefix)
    return tmp_path / "tree"


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(tree, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "bin/run"],
        cwd=tree,
        env=kept | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def serve(tree, port, **environment):
    """Start, wait until it is ready, stop, and return what it said."""
    process = start(tree, PORT=str(port), **environment)
    try:
        for _ in range(600):
            if process.poll() is not None:
                pytest.fail(process.stdout.read())
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/ready", timeout=5)
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        else:
            pytest.fail("It did not become ready.")
    finally:
        process.terminate()
        said, _ = process.communicate(timeout=30)
    return said


def test_serves_at_once_and_again(tree, port):
    said = serve(tree, port)
    assert f"Serving: http://127.0.0.1:{port}" in said
    assert "Database: SQLite, var/workoutlog.sqlite3" in said
    assert "createsuperuser" in said
    key = (tree / ".env").read_text()
    assert stat.S_IMODE((tree / ".env").stat().st_mode) == 0o600

    again = serve(tree, port)
    assert "Installing" not in again
    assert len(again.splitlines()) == 3
    assert (tree / ".env").read_text() == key


def fails(tree, **environment):
    """Run until it fails, and return the one line that it says."""
    process = start(tree, **environment)
    said, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    (line,) = (line for line in said.splitlines() if not line.startswith("Installing"))
    return line


def test_a_taken_port_changes_nothing(tree, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        line = fails(tree, PORT=str(port))
    assert str(port) in line
    assert not (tree / ".env").exists()
    assert not (tree / "var").exists()


def test_a_key_from_the_environment_leaves_no_file(tree, port):
    assert "placeholder" in fails(tree, PORT=str(port), SECRET_KEY="change-me")
    assert not (tree / ".env").exists()


def test_an_unreachable_database_is_named_without_its_password(tree, port):
    line = fails(tree, PORT="0", DATABASE_URL=f"postgres://me:hush@127.0.0.1:{port}/log")
    assert "unreachable" in line
    assert "hush" not in line
