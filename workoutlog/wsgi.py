"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workoutlog.settings")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    print(f"Error: {error}", file=sys.stderr)
    # gunicorn's own status for "a worker cannot boot": with any other it would try again for ever.
    raise SystemExit(3) from None
