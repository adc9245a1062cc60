"""Users for tests."""

import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A lifter who cannot log in by password, unless one is given: hashing takes its time."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"lifter{n}@example.org")
    password = factory.django.Password(None)
