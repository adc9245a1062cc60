"""The plates of a barbell for a weight that is being typed."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from training.forms.plates import WeightForm
from training.plates import plates_text


@require_safe
def plates(request):
    """Answer with one line of plain text; empty, with 422, for what is no weight."""
    form = WeightForm(request.GET)
    if not form.is_valid():
        return HttpResponse(status=422, content_type="text/plain")
    weight, unit = form.cleaned_data["weight"], form.cleaned_data["weight_unit"]
    return HttpResponse(plates_text(request.user, weight, unit), content_type="text/plain")
