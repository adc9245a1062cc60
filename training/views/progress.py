"""Progress: what training adds up to."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from training.progress import muscles_of, progress_of
from training.progress_charts import Span, Sum, muscle_rows, sum_chart
from training.record_book import records_since
from training.record_rows import record_rows

RECENT = timedelta(days=90)


@require_safe
@vary_on_headers("HX-Request")
def progress(request):
    user, today = request.user, timezone.localdate()
    span = Span.of(request.GET.get("range"))
    shown = Sum.of(request.GET.get("show"))
    progress = progress_of(user, weeks=span.weeks, today=today)
    context = {
        "progress": progress,
        "span": span,
        "spans": list(Span),
        "shown": shown,
        "sums": list(Sum),
        "chart": sum_chart(progress, shown, user.weight_unit),
    }
    if request.htmx:
        return render(request, "training/progress/_sums.html", context)
    context["muscles"] = muscle_rows(muscles_of(user, progress, today=today))
    return render(request, "training/progress/detail.html", context)


@require_safe
@vary_on_headers("HX-Request")
def progress_records(request):
    found = records_since(request.user, timezone.now() - RECENT)
    context = {"records": record_rows(found, request.user.weight_unit)}
    name = "_records" if request.htmx else "records"
    return render(request, f"training/progress/{name}.html", context)
