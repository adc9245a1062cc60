"""Kilograms or pounds: what the weights of a file look like, where it does not say."""

from collections import Counter

from training.importing.cells import Unreadable, number
from training.importing.format import Facts
from training.units import KG_PER_LB
from workoutlog.numbers import format_total

# How far in lb a converted weight may be from a whole quarter, as apps round it.
TOLERANCE = 0.002
# Barbells loaded with pound plates weigh this much soon, with kilogram plates late.
HEAVY = 135
# Distances from here on are metres.
FAR = 100


class Weights:
    """How often each weight and distance of a file stands in it."""

    def __init__(self, comma: bool):
        self.comma = comma
        self.weights, self.distances = Counter(), Counter()

    def add(self, weight: str, distance: str = "") -> None:
        if weight.strip("0., "):
            self.weights[weight] += 1
        if distance.strip("0., "):
            self.distances[distance] += 1

    def _numbers(self, texts: Counter) -> list[tuple[float, int]]:
        found = []
        for text, count in texts.items():
            try:
                found.append((float(number(text, self.comma)), count))
            except Unreadable:
                continue
        return found

    def tell_unit(self, facts: Facts, language: str) -> None:
        """Ask for the unit of weights that have none, with a guess and its reason."""
        if weights := self._numbers(self.weights):
            facts.asks_unit = True
            facts.unit_guess = _unit(weights, language)
        if distances := self._numbers(self.distances):
            unit = facts.unit_guess[0] if facts.unit_guess else "kg"
            facts.distance_unit_guess = _distance_unit(distances, unit)

    def tell_pounds(self, facts: Facts) -> None:
        """Propose pounds where most weights in kg are whole quarters of a pound."""
        weights = self._numbers(self.weights)
        facts.weights = sum(count for _, count in weights)
        facts.quarter_lb_weights = sum(count for kg, count in weights if _is_quarter(kg))
        if facts.quarter_lb_weights * 2 > facts.weights:
            facts.round_to_quarter_lb = facts.asks_unit = True
            facts.unit_guess = (
                "lb",
                f"{format_total(facts.quarter_lb_weights)} of {format_total(facts.weights)}"
                " weights are pounds, converted to kilograms.",
            )


def _is_quarter(kg: float) -> bool:
    quarters = kg / float(KG_PER_LB) * 4
    return abs(quarters - round(quarters)) < TOLERANCE * 4


def _unit(weights, language) -> tuple[str, str]:
    """Plates of 1.25 kg make halves and quarters; bars of 45 lb make weights that end in 5."""
    if language:
        return "kg", f"The file is in {language}."
    total = sum(count for _, count in weights)
    parts = sum(count for weight, count in weights if weight % 1)
    fives = sum(count for weight, count in weights if weight % 10 == 5)
    heavy = sum(count for weight, count in weights if weight >= HEAVY)
    if fives > 2 * parts and heavy * 10 > total:
        return "lb", "Many weights end in 5 and are heavy, as with plates of 45 pounds."
    if parts > fives:
        return "kg", "Many weights end in a half or a quarter, as with plates of 1.25 kg."
    return "kg", "The weights look more like kilograms than pounds."


def _distance_unit(distances, weight_unit) -> tuple[str, str]:
    total = sum(count for _, count in distances)
    if sum(count for distance, count in distances if distance >= FAR) * 2 > total:
        return "m", "Most distances are large numbers."
    if weight_unit == "lb":
        return "mi", "The weights look like pounds."
    return "km", "The weights look like kilograms."
