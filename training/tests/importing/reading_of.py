"""Files of other apps, written by hand, and what is read of them."""

from training.importing.parsed import BadLine, ParsedWorkout
from training.importing.reading import open_file

STRONG_A11 = (
    "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
)
STRONG_A12 = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE"
)
STRONG_A10 = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE"
STRONG_B14 = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;"
    "Seconds;Notes;Workout Notes;Workout Duration"
)
STRONG_C13 = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";'
    '"Reps";"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"'
)
STRONG_FRENCH = (
    "Date,Nom de l'entraînement,Durée,Nom de l'exercice,Ordre de la série,Poids,Réps,Distance,"
    "Secondes,Notes,Notes d'entraînement,RPE"
)
STRONG_GERMAN = (
    "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,Entfernung,"
    "Sekunden,Notizen,Workout-Notizen,RPE"
)
HEVY = (
    '"title","start_time","end_time","description","exercise_title","superset_id",'
    '"exercise_notes","set_index","set_type","weight_kg","reps","distance_km",'
    '"duration_seconds","rpe"'
)
FITNOTES = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment"
FITNOTES_OLD = "Date,Exercise,Category,Weight (lbs),Reps,Distance,Distance Unit,Time"
FITNOTES_IOS = (
    "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind"
)
STRONGLIFTS = (
    "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,Sets×Reps,"
    "Sets×Time,Top Set (Reps×KG),e1RM (KG),Reps,Volume (KG),Workout Volume (KG),Duration (hours),"
    "Start Time (h:mm),End Time (h:mm),Notes,Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG),"
    "Set 3 (Reps),Set 3 (KG)"
)
LIFTOSAUR = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,"
    "Is AMRAP?,Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,"
    "Completed Weight Value,Completed Weight Unit,Ask Weight?,Completed Reps Time,Target Muscles,"
    "Synergist Muscles,Notes"
)


def file_of(header: str, *rows: str) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def read(header: str, *rows: str) -> tuple[list[ParsedWorkout], list[BadLine]]:
    """Read a file of these lines; return its workouts and its bad lines."""
    return sorted_out(open_file(file_of(header, *rows)))


def read_one(header: str, *rows: str) -> ParsedWorkout:
    """Read a file of one workout, in which nothing is wrong."""
    [workout], bad = read(header, *rows)
    assert not bad
    return workout


def facts_of(header: str, *rows: str) -> dict:
    return open_file(file_of(header, *rows)).facts


def sorted_out(source) -> tuple[list[ParsedWorkout], list[BadLine]]:
    workouts, bad = [], []
    for one in source.workouts():
        (bad if isinstance(one, BadLine) else workouts).append(one)
    return workouts, bad


def numbers(done) -> tuple:
    """A set as weight, reps, seconds, distance."""
    return done.weight, done.reps, done.duration_seconds, done.distance
