"""Body weight: what the lifter weighed, logged, looked at and put right."""

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from training.body_weights import chosen_range, weight_chart, weight_page
from training.forms.body_weights import CreateBodyWeightForm, UpdateBodyWeightForm
from training.models import BodyWeight, Conflict, Refused, StaleEdit
from training.trend_charts import Range
from training.views.render import offer_undo


@require_safe
def body_weight_list(request):
    if "before" not in request.GET:
        return _render_list(request, CreateBodyWeightForm(user=request.user))
    try:
        before = date.fromisoformat(request.GET["before"])
    except ValueError:
        raise Http404("No such page of the log.") from None
    weights, older = weight_page(request.user, before)
    context = {"weights": weights, "older": older}
    return render(request, "training/body_weights/older.html", context)


@require_POST
def body_weight_create(request):
    form = CreateBodyWeightForm(request.POST, user=request.user)
    if not form.is_valid():
        return _render_list(request, form, status=422)
    try:
        logged = BodyWeight.log(request.user, **form.cleaned_data)
    except Conflict as conflict:
        weights = BodyWeight.all_objects.for_user(request.user)
        form.show_conflict(get_object_or_404(weights, pk=conflict.stored.pk))
        return _render_list(request, form, status=409)
    if logged.deleted_at is None:
        _offer_undo_of_logging(request, logged)
    return redirect("training:body-weight-list")


@require_http_methods(["GET", "HEAD", "POST"])
def body_weight_update(request, weight_id):
    weight = _get(request, weight_id, BodyWeight.objects)
    form = UpdateBodyWeightForm(request.POST or None, weight=weight)
    status = 200 if request.method != "POST" else 422
    if form.is_valid():
        try:
            weight.edit(**form.cleaned_data)
        except Refused as refused:
            form.add_error("weighed_on", str(refused))
        except StaleEdit as stale:
            form.show_conflict(stale.current)
            status = 409
        else:
            return redirect("training:body-weight-list")
    context = {"form": form, "weight": weight}
    return render(request, "training/body_weights/update.html", context, status=status)


@require_POST
def body_weight_delete(request, weight_id):
    weight = _get(request, weight_id)
    weight.soft_delete()
    offer_undo(request, f"{weight} removed.", _restore_url(weight))
    return _redirect_to_list(request)


@require_POST
def body_weight_restore(request, weight_id):
    weight = _get(request, weight_id)
    weight.restore()
    messages.info(request, f"{weight} is back.")
    return _redirect_to_list(request)


def _get(request, weight_id, weights=BodyWeight.all_objects):
    weights = weights.for_user(request.user).select_related("user")
    return get_object_or_404(weights, pk=weight_id)


def _offer_undo_of_logging(request, logged):
    if replaced := logged.replaced:
        offer_undo(request, f"Logged {logged} in place of {replaced}.", _restore_url(replaced))
    else:
        url = reverse("training:body-weight-delete", args=[logged.pk])
        offer_undo(request, f"Logged {logged}.", url)


def _restore_url(weight):
    return reverse("training:body-weight-restore", args=[weight.pk])


def _redirect_to_list(request):
    url = reverse("training:body-weight-list")
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _render_list(request, form, *, status=200):
    weights, older = weight_page(request.user)
    today = timezone.localdate()
    latest = weights[0].weighed_on if weights else None
    range = chosen_range(request.GET.get("range", ""), latest, today)
    context = {
        "form": form,
        "weights": weights,
        "older": older,
        "range": range,
        "ranges": list(Range),
        "chart": weight_chart(request.user, range, today),
    }
    return render(request, "training/body_weights/list.html", context, status=status)
