"""Imports: preview another app's file, bring it in, and take it back."""

import csv

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from training.exporting.cells import harmless
from training.forms.imports import NameForm, NumberForm, OptionsForm, UndoForm, UploadForm
from training.importing.naming import choose, names_of
from training.importing.parsed import Refused
from training.importing.preview import SHOWN, preview
from training.importing.staging import read, start
from training.importing.writing import begin, write
from training.models import Import, ImportState, Measure
from training.search import search
from training.views.render import MOST_FOUND, offer_undo, search_context
from training.wording import count_text
from workoutlog.db import uuid7

STEP_SECONDS = 1


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    form = UploadForm(initial={"id": uuid7()})
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return redirect(start(request.user, **form.cleaned_data))
            except Refused as refused:
                form.add_error("file", str(refused))
    imports = Import.objects.for_user(request.user).without_content()
    context = {"form": form, "unfinished": imports.in_work(), "over": imports.over()[:50]}
    status = 422 if form.is_bound else 200
    return render(request, "training/imports/list.html", context, status=status)


@require_safe
@vary_on_headers("HX-Request")
def import_detail(request, import_id):
    return _page(request, _get(request, import_id))


@require_POST
def import_options(request, import_id):
    data_import = _get(request, import_id)
    form = OptionsForm(request.POST, data_import=data_import)
    if not form.is_valid():
        return _page(request, data_import, form=form, status=422)
    data_import.choose_options(form.cleaned_data)
    return _page(request, data_import) if request.htmx else redirect(data_import)


@require_POST
def import_continue(request, import_id):
    """Read to the end, or write for a second and say how far it is; without htmx, all of it."""
    data_import = _get(request, import_id)
    if data_import.state == ImportState.READY:
        form = OptionsForm(request.POST, data_import=data_import)
        if not form.is_valid():
            return _page(request, data_import, form=form, status=422)
        begin(data_import, form.cleaned_data)
        if request.htmx:
            # The bar first, so that the tap is seen to have worked.
            return _page(request, data_import)
    if data_import.state == ImportState.READING:
        read(data_import)
    else:
        write(data_import, seconds=STEP_SECONDS if request.htmx else None)
    if not request.htmx:
        return redirect(data_import)
    if data_import.state in (ImportState.READING, ImportState.WRITING):
        return _page(request, data_import)
    return HttpResponseClientRedirect(data_import.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def import_names(request, import_id):
    """What a name may mean: all that is found for it, or for another word that is typed."""
    data_import = _get(request, import_id)
    if request.method == "POST":
        form = NameForm(request.POST, data_import=data_import)
        if not form.is_valid():
            raise Http404("No such name.")
        choose(data_import, **form.cleaned_data)
        return redirect(f"{data_import.get_absolute_url()}#names")
    form = NumberForm(request.GET, data_import=data_import)
    if data_import.state != ImportState.READY or not form.is_valid():
        raise Http404("No such name.")
    name = names_of(data_import)[form.cleaned_data["number"]]
    context = _candidates(request, name) | {"data_import": data_import, "name": name}
    template = "_found" if request.htmx else "names"
    return render(request, f"training/imports/{template}.html", context)


@require_POST
def import_undo(request, import_id):
    data_import = _get(request, import_id)
    form = UndoForm(request.POST)
    if form.is_valid() and (gone := data_import.undo(**form.cleaned_data)):
        text = f"{count_text(gone, 'workout')} moved to the trash."
        offer_undo(request, text, reverse("training:import-restore", args=[data_import.pk]))
    return redirect(data_import)


@require_POST
def import_restore(request, import_id):
    data_import = _get(request, import_id)
    data_import.restore()
    if request.htmx:
        return HttpResponseClientRedirect(data_import.get_absolute_url())
    return redirect(data_import)


@require_POST
def import_discard(request, import_id):
    _get(request, import_id).discard()
    messages.info(request, "Import discarded. Nothing of it is left.")
    return redirect("training:import-list")


@require_safe
@never_cache
def import_problems(request, import_id):
    data_import = _get(request, import_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="problems.csv"'
    write_row = csv.writer(response).writerow
    write_row(["line", "why", "text"])
    for line, text, why in data_import.bad_lines:
        write_row([line, harmless(why), harmless(text)])
    return response


def _get(request, import_id):
    return get_object_or_404(Import.objects.for_user(request.user), pk=import_id)


def _candidates(request, name) -> dict:
    """What was looked for, or the name itself, and what was found that can hold its sets."""
    wanted = search_context({"q": name.words} | request.GET.dict())
    found = search(
        request.user, wanted["query"], equipment=wanted["equipment"], muscle=wanted["muscle"]
    )
    found = [one for one in found if name.shape.fits(one.exercise.measure)]
    return wanted | {
        "found": found[:MOST_FOUND],
        "more": max(len(found) - MOST_FOUND, 0),
        "measures": [measure for measure in Measure if name.shape.fits(measure)],
    }


def _page(request, data_import, *, form=None, status=200):
    """The import as it stands: its progress, what it would do, or what it did."""
    context = {"data_import": data_import, "state": data_import.state, "shown": SHOWN}
    if data_import.state == ImportState.READY:
        context["preview"] = preview(data_import)
        context["form"] = form or OptionsForm(
            data_import=data_import, changed=context["preview"].changed
        )
    elif data_import.state == ImportState.DONE:
        context["edited"] = data_import.edited().count()
    template = "_import" if request.htmx else "detail"
    return render(request, f"training/imports/{template}.html", context, status=status)
