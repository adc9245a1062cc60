"""What a finished workout came to, against the last time."""

from collections import Counter
from dataclasses import dataclass

from training.log import Log
from training.models import Muscle, WorkoutSession


@dataclass
class Summary:
    """The figures of a finished workout; `before` is the last one of the same title."""

    log: Log
    before: WorkoutSession | None

    @property
    def records(self) -> int:
        return sum(len(row.records) for card in self.log.cards for row in card.rows)

    @property
    def more_sets(self) -> int:
        return self.log.done - self.before.set_count

    @property
    def more_volume_kg(self) -> float:
        return self.log.volume_kg - self.before.volume_kg

    @property
    def proposed_title(self) -> str:
        """A title from the muscles trained most, for a workout that has none."""
        if self.log.workout.title:
            return ""
        trained: Counter = Counter()
        for card in self.log.cards:
            if card.entry.exercise and card.entry.exercise.primary_muscle:
                trained[card.entry.exercise.primary_muscle] += sum(
                    1 for row in card.rows if row.logged
                )
        muscles = [Muscle(muscle).label for muscle, sets in trained.most_common() if sets]
        if len(muscles) > 4:
            return Muscle.FULL_BODY.label
        return " and ".join(muscles[:2]).capitalize()


def summarize(log: Log) -> Summary | None:
    """Sum up a finished workout; None for a running one."""
    workout = log.workout
    if workout.finished_at is None:
        return None
    before = None
    if workout.title:
        earlier = WorkoutSession.objects.for_user(workout.user_id).filter(
            title__iexact=workout.title, session_date__lt=workout.session_date
        )
        before = earlier.logged().for_history().first()
    return Summary(log, before)
