"""Other plans that a person might prefer to the best one, each solved under the same rules, with what it trades.

- Cheapest that is still good: the lowest total at no less than `GOOD` of the best plan's fit, no wish or theme lost.
- Best rated: the highest ratings, shrunk by their count, among what answers the same wishes.
- Another theme, where the plan has one that the shopper did not ask for; else most surprising: no pick of the best plan
  where there is another, and the less alike the better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from tools.catalog.search.index import quality
from tools.money import Money
from tools.needs import spoken
from tools.planning.formulation import SCALE, Formulation
from tools.planning.instance import Instance, Option, points
from tools.planning.likeness import likeness
from tools.planning.optimiser import Solution, plan_in_time
from tools.product import Product
from tools.request import Alternative

GOOD = 0.85
SURPRISE = 3000
"""Points for having nothing in common with the best plan's pick."""

Chosen = dict[str, Option]


def alternatives(plan: Formulation, best: Solution) -> list[Alternative]:
    """Up to three, none of them the best plan or one of the others."""
    shown = [best.chosen]
    found = []
    for find in (_cheapest, _best_rated, _other):
        if (offered := find(plan, best.chosen)) and all(_ids(offered[1]) != _ids(chosen) for chosen in shown):
            label, chosen, trade_off = offered
            shown.append(chosen)
            total = plan.sums(chosen).total
            picks = [
                pick.model_copy(update={"matched": [], "added": {}}) for pick in plan.picks(chosen)
            ]  # it is stored: keep it small
            found.append(Alternative(label=label, trade_off=trade_off, picks=picks, total=total))
    return found


def _cheapest(plan: Formulation, best: Chosen) -> tuple[str, Chosen, str] | None:
    instance = plan.instance
    fit = sum(instance.choices[need].importance * option.fit for need, option in best.items())
    floor = points(instance, best) - round((1 - GOOD) * max(0, fit))
    dearest = replace(instance, reference=1, money=10**6)  # a minor unit outweighs all points: these break ties
    answered = _answered(best)
    wanted = _only(dearest, lambda need, o: answered.get(need, frozenset()) <= o.answers)
    found = plan_in_time(wanted, least_points=floor)
    if found is None or instance.account(found.chosen).total >= instance.account(best).total:
        return None
    loss = _drop(plan, best, found.chosen) or _changed(best, found.chosen)
    return "Cheapest that is still good", found.chosen, f"{_money(plan, best, found.chosen)}, {loss}"


def _best_rated(plan: Formulation, best: Chosen) -> tuple[str, Chosen, str] | None:
    def rated(option: Option) -> Option:
        return replace(option, fit=round(SCALE * quality(_product(plan, option))))

    answered = _answered(best)
    wanted = _only(plan.instance, lambda need, o: answered.get(need, frozenset()) <= o.answers, rated)
    found = plan_in_time(wanted)
    if found is None:
        return None
    chosen = {
        need: next(
            o for o in plan.instance.choices[need].options if (o.product_id, o.option) == (p.product_id, p.option)
        )
        for need, p in found.chosen.items()
    }
    gain = _gain(plan, best, chosen)
    return ("Best rated", chosen, f"{gain}, {_money(plan, best, chosen)}") if gain else None


def _other(plan: Formulation, best: Chosen) -> tuple[str, Chosen, str] | None:
    themes = Counter(theme for option in best.values() for theme in option.themes)
    main = max(themes, key=lambda theme: (themes[theme], theme), default=None)

    def fresh(need: str, option: Option) -> bool:
        return option.product_id != best[need].product_id and (main is None or main not in option.themes)

    def surprising(option: Option) -> Option:
        alike = likeness(_product(plan, option), _product(plan, best[option.line.serves]))
        return replace(option, fit=option.fit + round(SURPRISE * (1 - alike)))

    found = plan_in_time(_only(plan.instance, fresh, surprising))
    if found is None or (changed := _differing(best, found.chosen)) == []:
        return None
    now = Counter(theme for option in found.chosen.values() for theme in option.themes)
    theme = max(now, key=lambda theme: (now[theme], theme), default=None)
    label = f"Another theme: {theme}" if main and theme else "Most surprising"
    example = _product(plan, found.chosen[changed[0]]).title
    said = f"{_counted(changed)}, such as {example}; {_money(plan, best, found.chosen)}"
    return label, found.chosen, said


def _only(
    instance: Instance, wanted: Callable[[str, Option], bool], change: Callable[[Option], Option] = lambda o: o
) -> Instance:
    """The instance with only the wanted options, changed; a need that has none of them keeps all of its own."""
    choices = {}
    for need, choice in instance.choices.items():
        kept = tuple(o for o in choice.admissible if wanted(need, o)) or choice.admissible
        choices[need] = replace(choice, options=tuple(map(change, kept)))
    return replace(instance, choices=choices)


# -- what is traded, in words --------------------------------------------------


def _money(plan: Formulation, best: Chosen, other: Chosen) -> str:
    more = plan.instance.account(other).total - plan.instance.account(best).total
    if not more:
        return "for the same total"
    return f"{Money.from_minor(abs(more), plan.currency)} {'more' if more > 0 else 'less'}"


def _ratings(plan: Formulation, best: Chosen, other: Chosen) -> list[tuple[float, str, float, float]]:
    """Of the needs whose picks differ and are rated: by how much, which need, from, to."""
    found = []
    for kind in plan.needs:
        if best[kind].product_id != other[kind].product_id:
            was, now = _product(plan, best[kind]).rating, _product(plan, other[kind]).rating
            if was is not None and now is not None and was != now:
                found.append((now - was, kind, was, now))
    return found


def _drop(plan: Formulation, best: Chosen, other: Chosen) -> str | None:
    change, kind, was, now = min(_ratings(plan, best, other), default=(0.0, "gift", 0.0, 0.0))
    return f"but the {spoken(kind)} {_is(kind)} rated {now} instead of {was}" if change < 0 else None


def _gain(plan: Formulation, best: Chosen, other: Chosen) -> str | None:
    change, kind, was, now = max(_ratings(plan, best, other), default=(0.0, "gift", 0.0, 0.0))
    return f"the {spoken(kind)} {_is(kind)} rated {now} instead of {was}" if change > 0 else None


def _is(kind: str) -> str:
    return "are" if kind in ("decorations", "favours") or kind.endswith("s") else "is"


def _changed(best: Chosen, other: Chosen) -> str:
    return f"with {_counted(_differing(best, other))}"


def _counted(changed: list[str]) -> str:
    """ "3 changes": "3 of 5 picks" would read as a rating."""
    return "1 change" if len(changed) == 1 else f"{len(changed)} changes"


def _differing(best: Chosen, other: Chosen) -> list[str]:
    return [need for need in best if best[need].product_id != other[need].product_id]


def _answered(best: Chosen) -> dict[str, frozenset[str]]:
    return {need: option.answers for need, option in best.items()}


def _product(plan: Formulation, option: Option) -> Product:
    return plan.scored[option.line.serves, option.product_id].product


def _ids(chosen: Chosen) -> list[tuple[str, str | None]]:
    return [(option.product_id, option.option) for option in chosen.values()]
