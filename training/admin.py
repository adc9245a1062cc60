"""The admin: the catalog is curated here, and workouts can be looked at."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, models, transaction
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html_join

from accounts.admin import ViewOnly, count, state
from training.merging import candidates, use_of
from training.models import (
    Exercise,
    ExerciseAlias,
    ExerciseMerge,
    ExerciseSet,
    Muscle,
    Refused,
    SessionExercise,
    SetKind,
    WorkoutSession,
)
from workoutlog.numbers import format_duration, format_number

admin.site.site_header = admin.site.site_title = "Workoutlog"
admin.site.index_title = "Catalog, workouts and users"


class ReviewFilter(admin.SimpleListFilter):
    title = "review"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("todo", f"To review ({Exercise.objects.to_review().count()})")]

    def queryset(self, request, queryset):
        return queryset.to_review() if self.value() == "todo" else queryset


class WhoseFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("catalog", "Catalog"), ("own", "Lifters' own")]

    def queryset(self, request, queryset):
        if self.value() in ("catalog", "own"):
            return queryset.filter(owner__isnull=self.value() == "catalog")
        return queryset


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("picker", "In the picker"), ("retired", "Retired")]

    def queryset(self, request, queryset):
        if self.value() in ("picker", "retired"):
            return queryset.filter(deleted_at__isnull=self.value() == "picker")
        return queryset


class MergeForm(forms.Form):
    """What to look for, or what was chosen to merge into."""

    find = forms.CharField(required=False)
    target = forms.ModelChoiceField(
        Exercise.objects.all(),
        required=False,
        error_messages={"invalid_choice": "That exercise is no longer in the picker."},
    )


class ExerciseForm(forms.ModelForm):
    secondary_muscles = forms.MultipleChoiceField(
        choices=Muscle, required=False, widget=forms.CheckboxSelectMultiple
    )
    in_picker = forms.BooleanField(
        label="In the picker",
        required=False,
        help_text="Untick to retire it: lifters no longer find it, every history still names it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["in_picker"] = self.instance.deleted_at is None

    def clean(self):
        super().clean()
        if "in_picker" in self.changed_data:
            in_picker = self.cleaned_data["in_picker"]
            self.instance.deleted_at = None if in_picker else timezone.now()

    def _get_validation_exclusions(self):
        # The constraints on names depend on both; without them they would not be checked here.
        return super()._get_validation_exclusions() - {"owner", "deleted_at"}


class AliasFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """The database has only the stored aliases to compare with, not those beside this one."""
        super().clean()
        seen = set()
        for form in self.forms:
            if self._should_delete_form(form) or not (name := form.cleaned_data.get("name")):
                continue
            if name.lower() in seen:
                form.add_error("name", "The exercise already has this alias.")
            seen.add(name.lower())


class AliasInline(admin.TabularInline):
    model = ExerciseAlias
    formset = AliasFormSet
    extra = 1


@admin.register(Exercise)
class ExerciseAdmin(admin.ModelAdmin):
    form = ExerciseForm
    view_on_site = False  # Its page is for lifters, and a lifter's own is for them alone.
    fields = (
        "name",
        "equipment",
        "measure",
        "primary_muscle",
        "secondary_muscles",
        "in_picker",
        "owner",
    )
    readonly_fields = ("owner",)
    inlines = (AliasInline,)
    list_display = (
        "name",
        "equipment",
        "primary_muscle",
        "measure",
        "times_used",
        "whose",
        "state",
    )
    list_filter = (ReviewFilter, WhoseFilter, StateFilter, "equipment", "primary_muscle", "measure")
    list_select_related = ("owner",)
    search_fields = ("name", "aliases__name")
    actions = ("accept", "leave", "merge", "retire", "restore")

    def get_queryset(self, request):
        return super().get_queryset(request).with_use()

    @admin.display(ordering="times_used")
    def times_used(self, exercise):
        return exercise.times_used

    @admin.display(ordering="owner__email")
    def whose(self, exercise):
        return exercise.owner or "Catalog"

    @admin.display(ordering="deleted_at")
    def state(self, exercise):
        return "In the picker" if exercise.deleted_at is None else "Retired"

    def has_delete_permission(self, request, obj=None):
        """Only one by one, and never what a history names."""
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return not SessionExercise.all_objects.filter(exercise=obj).exists()

    def save_model(self, request, obj, form, change):
        """Write what was changed here, so that nobody's edit of another field is undone."""
        changed = ["deleted_at" if name == "in_picker" else name for name in form.changed_data]
        if not change:
            obj.save()
        elif changed:
            obj.save(update_fields=changed)

    @admin.action(description="Accept into the catalog", permissions=["change"])
    def accept(self, request, queryset):
        accepted = []
        for exercise in Exercise.objects.filter(pk__in=queryset.values("pk"), owner__isnull=False):
            try:
                exercise.accept()
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                accepted.append(exercise)
        self._log(request, accepted, "Accepted into the catalog.")
        self.message_user(request, f"Accepted {len(accepted)}: in the catalog, for everybody.")

    @admin.action(description="Leave as the lifter's own", permissions=["change"])
    def leave(self, request, queryset):
        exercises = Exercise.objects.to_review().filter(pk__in=queryset.values("pk"))
        chosen = list(exercises)
        exercises.update(reviewed_at=timezone.now())
        self._log(request, chosen, "Left as the lifter's own.")
        self.message_user(request, f"Left {len(chosen)} as the lifter's own.")

    @admin.action(description="Merge…", permissions=["change"])
    def merge(self, request, queryset):
        sources = Exercise.all_objects.filter(pk__in=queryset.values("pk"))
        sources = list(sources.select_related("owner"))
        if not sources:  # The list is of other exercises by now.
            return None
        form = MergeForm(request.POST)
        if not form.is_valid():
            self.message_user(request, form.errors["target"][0], messages.ERROR)
        elif target := form.cleaned_data["target"]:
            try:
                with transaction.atomic():
                    for source in sources:
                        source.merge_into(target)
                    self._log(request, sources, f"Merged into {target}.")
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                text = f"Merged {len(sources)} into {target}. To undo it, go to Merges."
                return self.message_user(request, text)
        find = request.POST.get("find", sources[0].name)
        return self._choose_target(request, sources, find)

    def _choose_target(self, request, sources, find):
        use = use_of(sources)
        context = self.admin_site.each_context(request) | {
            "title": "Merge exercises",
            "opts": self.opts,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
            "sources": sources,
            "use": use,
            "find": find,
            "candidates": candidates(sources, use, find),
        }
        return TemplateResponse(request, "admin/training/exercise/merge.html", context)

    @admin.action(description="Retire", permissions=["change"])
    def retire(self, request, queryset):
        exercises = Exercise.objects.filter(pk__in=queryset.values("pk"))
        chosen = list(exercises)
        exercises.soft_delete()
        self._log(request, chosen, "Retired.")
        self.message_user(
            request, f"Retired {len(chosen)}: out of the picker, still named in every history."
        )

    @admin.action(description="Restore", permissions=["change"])
    def restore(self, request, queryset):
        restored = []
        for exercise in Exercise.all_objects.deleted().filter(pk__in=queryset.values("pk")):
            try:
                with transaction.atomic():
                    exercise.restore()
            except IntegrityError:
                self.message_user(
                    request,
                    f"{exercise} stays retired: another exercise in the picker has its name and"
                    " equipment. Rename or retire that one first.",
                    messages.ERROR,
                )
            else:
                restored.append(exercise)
        self._log(request, restored, "Restored.")
        self.message_user(request, f"Restored {len(restored)}: in the picker again.")

    def _log(self, request, exercises, message):
        if exercises:
            LogEntry.objects.log_actions(request.user.pk, exercises, CHANGE, message)


@admin.register(ExerciseMerge)
class MergeAdmin(ViewOnly, admin.ModelAdmin):
    fields = ("created_at", "source", "target", "entries", "state")
    readonly_fields = ("entries", "state")
    list_display = ("when", "source", "target", "entries", "state")
    list_select_related = ("source", "target")
    ordering = ("-created_at", "-id")
    actions = ("undo",)

    def has_undo_permission(self, request):
        return request.user.has_perm("training.change_exercise")

    @admin.display(ordering="created_at")
    def when(self, merge):
        return merge.created_at

    def entries(self, merge):
        return len(merge.moved)

    @admin.display(ordering="undone_at")
    def state(self, merge):
        undone = merge.undone_at
        return f"Undone {timezone.localtime(undone):%Y-%m-%d %H:%M}" if undone else ""

    @admin.action(description="Undo", permissions=["undo"])
    def undo(self, request, queryset):
        undone = []
        # The newest first, because what was merged on since cannot be undone before that is.
        for merge in queryset.filter(undone_at=None).order_by("-created_at", "-id"):
            try:
                merge.undo()
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                undone.append(merge)
        if undone:
            LogEntry.objects.log_actions(request.user.pk, undone, CHANGE, "Undone.")
        self.message_user(request, f"Undone {len(undone)}: the entries went back.")


class EntryInline(ViewOnly, admin.TabularInline):
    model = SessionExercise
    verbose_name_plural = "exercises"
    fields = ("sets", "notes", "state")
    readonly_fields = ("sets", "state")
    ordering = ("order_index", "id")

    def get_queryset(self, request):
        sets = ExerciseSet.all_objects.order_by("set_number", "id")
        return (
            super()
            .get_queryset(request)
            .select_related("exercise")
            .prefetch_related(models.Prefetch("exercise_sets", sets, to_attr="every_set"))
        )

    def sets(self, entry):
        return format_html_join("", "<div>{}</div>", ((describe(row),) for row in entry.every_set))

    def state(self, entry):
        return state(entry)


@admin.register(WorkoutSession)
class WorkoutAdmin(ViewOnly, admin.ModelAdmin):
    fields = (
        "user",
        "title",
        "session_date",
        "finished_at",
        "time_zone",
        "location",
        "notes",
        "state",
    )
    readonly_fields = ("state",)
    inlines = (EntryInline,)
    list_display = ("title_or_workout", "user", "session_date", "exercises", "sets", "state")
    list_select_related = ("user",)
    date_hierarchy = "session_date"
    ordering = ("-session_date", "-id")
    search_fields = ("user__email",)
    search_help_text = "E-mail address"

    def get_queryset(self, request):
        entries = SessionExercise.objects.filter(workout=models.OuterRef("pk"))
        sets = ExerciseSet.objects.filter(
            session_exercise__workout=models.OuterRef("pk"), session_exercise__deleted_at=None
        )
        return (
            super()
            .get_queryset(request)
            .annotate(
                living_exercises=count(entries, "workout"),
                living_sets=count(sets, "session_exercise__workout"),
            )
        )

    @admin.display(description="title", ordering="title")
    def title_or_workout(self, workout):
        return str(workout)

    @admin.display(ordering="living_exercises")
    def exercises(self, workout):
        return workout.living_exercises

    @admin.display(ordering="living_sets")
    def sets(self, workout):
        return workout.living_sets

    @admin.display(ordering="deleted_at")
    def state(self, workout):
        return state(workout)


def describe(row: ExerciseSet) -> str:
    """Write a set in one line."""
    weight = row.weight is not None and f"{format_number(row.weight)} {row.weight_unit}"
    reps = row.reps is not None and f"{row.reps} reps"
    distance = row.distance_meters is not None and f"{format_number(row.distance_meters)} m"
    time = row.duration_seconds is not None and format_duration(row.duration_seconds)
    numbers = " × ".join(filter(None, (weight, reps, distance, time)))
    kind = row.kind != SetKind.WORK and row.get_kind_display()
    rpe = row.rpe is not None and f"RPE {format_number(row.rpe)}"
    return f"{row.set_number}. " + ", ".join(filter(None, (numbers, kind, rpe, state(row))))
