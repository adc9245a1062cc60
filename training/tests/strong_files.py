"""Files of Strong's for tests, and how they are imported without JavaScript."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from training.models import (
    Import,
    ImportState,
)
from workoutlog.db import uuid7

HEADER = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)
BENCH = '{date},"Push",1h 5m,"Bench Press (Barbell)",{order},{weight},{reps},0,0.0,"","",'
FIRST = datetime(2024, 3, 5, 18, 1, 9)


def strong(*rows, header=HEADER):
    """A file of Strong's with these rows."""
    return "\n".join([header, *rows]) + "\n"


def strong_workouts(count, *, first=0, sets=3, names=("Bench Press (Barbell)",)):
    """A file of Strong's with so many workouts, each with so many sets of each exercise."""
    rows = []
    for number in range(first, first + count):
        when = FIRST + timedelta(days=number)
        for name in names:
            for order in range(1, sets + 1):
                row = f'{when},"Push",1h 5m,"{name}",{order},{80 + order},8,0,0.0,"","",'
                rows.append(row)
    return strong(*rows)


def preview(client, text, name="strong.csv"):
    """Upload a file, and return the import that it becomes."""
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, content, "text/csv")
    response = client.post("/import/", {"id": uuid7(), "file": file})
    assert response.status_code == 302, response.content.decode()
    return Import.objects.get(pk=response.url.split("/")[-2])


def do(client, data_import, **options):
    """Import all of it, as without JavaScript."""
    body = {"unit": "kg", "distance_unit": "km", "time_zone": "Europe/Berlin"} | options
    response = client.post(f"/import/{data_import.pk}/continue/", body)
    assert response.status_code == 302, response.content.decode()
    data_import.refresh_from_db()
    assert data_import.state == ImportState.DONE
    return data_import


def bring_in(client, text, **options):
    return do(client, preview(client, text), **options)


def page(client, data_import):
    return client.get(data_import.get_absolute_url()).content.decode()
