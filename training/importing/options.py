"""How the lifter wants to have read what a file leaves open: units, and the clock's place."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from training.importing.parsed import ParsedSet
from training.models import Import
from training.units import KG_PER_LB, METERS_PER

QUARTER = Decimal("0.25")
MILLIONTH = Decimal("0.000001")


@dataclass
class Options:
    """How numbers and times are to be read that the file leaves open."""

    unit: str
    round_to_quarter_lb: bool
    distance_unit: str
    time_zone: ZoneInfo

    @classmethod
    def of(cls, data_import: Import) -> "Options":
        user, said, facts = data_import.user, data_import.options, data_import.facts
        unit, _ = facts.get("unit_guess") or (user.weight_unit, "")
        distance_unit, _ = facts.get("distance_unit_guess") or ("km", "")
        return cls(
            unit=said.get("unit") or unit,
            round_to_quarter_lb=said.get("round_to_quarter_lb", False),
            distance_unit=said.get("distance_unit") or distance_unit,
            time_zone=ZoneInfo(said.get("time_zone") or user.time_zone),
        )

    def instant(self, start: str) -> datetime:
        """Return when it was; an hour that clocks skipped is read as if they had not."""
        time = datetime.fromisoformat(start)
        return time if time.tzinfo else time.replace(tzinfo=self.time_zone)

    def weight(self, done: ParsedSet) -> tuple[Decimal | None, str]:
        unit = done.weight_unit or self.unit
        if done.weight is None:
            return None, unit
        if self.round_to_quarter_lb and done.weight_unit == "kg":
            pounds = done.weight / KG_PER_LB
            return (pounds / QUARTER).to_integral_value() * QUARTER, "lb"
        return round(done.weight, 9), unit

    def meters(self, done: ParsedSet) -> Decimal | None:
        if done.distance is None:
            return None
        unit = done.distance_unit or self.distance_unit
        return (done.distance * METERS_PER[unit]).quantize(MILLIONTH)
