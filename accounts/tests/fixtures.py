"""A pytest plugin: Alice, who acts, and Mallory, who must fail."""

import pytest
from django.test import Client

# Models can be imported only when Django is ready, so each fixture imports its own.


@pytest.fixture
def alice(db):
    from accounts.tests.factories import UserFactory

    return UserFactory(email="alice@example.org")


@pytest.fixture
def mallory(db):
    from accounts.tests.factories import UserFactory

    return UserFactory(email="mallory@example.org")


@pytest.fixture
def alice_client(alice):
    return logged_in(alice)


@pytest.fixture
def mallory_client(mallory):
    return logged_in(mallory)


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client
