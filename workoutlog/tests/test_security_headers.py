"""Every kind of response is locked down, and no page needs more than that."""

import re

import pytest

PATHS = ["/accounts/login/", "/accounts/signup/", "/", "/nowhere/", "/admin/", "/healthz/live"]


@pytest.fixture
def admin_client(client, django_user_model):
    user = django_user_model.all_objects.create_superuser("admin@example.org", "sesame, please")
    client.force_login(user)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_every_kind_of_response_has_strict_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/", "/nowhere/", "/settings/", "/admin/", "/admin/training/exercise/add/"],
)
def test_pages_hold_nothing_inline(admin_client, path):
    page = admin_client.get(path).content.decode()
    assert "<html" in page
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    for attributes in re.findall(r"<script([^>]*)>", page):
        assert "src=" in attributes or 'type="application/json"' in attributes


@pytest.mark.django_db
def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, django_user_model):
    django_user_model.all_objects.create_user("alice@example.org", "sesame, please")
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": "alice@example.org", "password": "sesame, please"})
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


@pytest.mark.django_db
def test_admins_log_in_where_attempts_are_counted(client):
    response = client.get("/admin/login/?next=/admin/")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
