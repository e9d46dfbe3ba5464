"""The oracle's seats: what the player may do and does, and what the other actors do.

All of it is decided on what the screen shows, before anything of the turn lands. Read next: quarter.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from game.engine.tables import Option
from tests.oracle.game import Game


@dataclass
class Wanted:
    """What the player asks for; None at a place leaves the card to its default."""

    choices: list[int | None]  # by place
    levers: list[float]
    initiatives: list[bool]


@dataclass
class Done:
    """What is really done, and the bills: amounts of cash and capital in the order in which they fall."""

    choices: list[int | None] = field(default_factory=list)  # by place; None where there is no card
    levers: list[float] = field(default_factory=list)
    initiatives: list[int] = field(default_factory=list)
    cash_bills: list[float] = field(default_factory=list)
    capital_bills: list[float] = field(default_factory=list)


class Purse:
    """Cash with the credit line, and political capital. A decision that costs more than is left is refused."""

    def __init__(self, game: Game) -> None:
        roles = game.tables.roles
        self.cash = max(game.values[roles.cash] + game.values[roles.credit], 0.0)
        self.capital = game.values[roles.capital]
        self.spent_cash = self.spent_capital = 0.0

    def pays(self, cash: float, capital: float) -> bool:
        """Commit the amounts if there is enough; what costs nothing is always possible."""
        if cash > 0.0 and not self.spent_cash + cash <= self.cash:
            return False
        if capital > 0.0 and not self.spent_capital + capital <= self.capital:
            return False
        self.spent_cash += cash
        self.spent_capital += capital
        return True


def settle(game: Game, wanted: Wanted) -> Done:
    """Cards first, then levers, then initiatives; what is not possible becomes the default, or nothing."""
    done, purse = Done(), Purse(game)
    for number, choice in zip(game.desk, wanted.choices, strict=True):
        done.choices.append(None if number is None else _choice(game, purse, number, choice))
        option = _option(game, number, done.choices[-1])
        done.cash_bills.append(option.cost if option else 0.0)
        done.capital_bills.append(option.capital if option else 0.0)
    for number, setting in enumerate(wanted.levers):
        _set_lever(game, purse, number, setting, done)
    for number, wish in enumerate(wanted.initiatives):
        option = game.tables.initiatives[number].option
        if wish and len(done.initiatives) < game.tables.agenda.initiatives and _initiative_open(game, number) \
                and purse.pays(option.cost, option.capital):
            done.initiatives.append(number)
            done.cash_bills.append(option.cost)
            done.capital_bills.append(option.capital)
    return done


def _option(game: Game, card: int | None, choice: int | None) -> Option | None:
    return None if card is None else game.tables.cards[card].choices[choice]


def _choice(game: Game, purse: Purse, number: int, choice: int | None) -> int:
    """The wanted choice of a card if there is one, it is open and can be paid; otherwise the default."""
    card = game.tables.cards[number]
    if choice is None or not 0 <= choice < len(card.choices):
        return card.default
    option = card.choices[choice]
    return choice if game.holds(option.when) and purse.pays(option.cost, option.capital) else card.default


def _set_lever(game: Game, purse: Purse, number: int, setting: float, done: Done) -> None:
    """Moves a lever to the nearest of its steps. Reserved: the change, and a turn's cost of what is added."""
    lever = game.tables.levers[number]
    variable, now = game.tables.variables[lever.row], game.values[lever.row]
    steps = math.floor((setting - variable.low) / lever.step + 0.5)
    new = now if setting == now else min(max(variable.low + steps * lever.step, variable.low), variable.high)
    distance = abs(new - now)
    capital = lever.capital * math.floor(distance / lever.step + 0.5)
    reserved = lever.cost_once * distance + lever.cost_per_turn * max(new - now, 0.0)
    if new == now or not purse.pays(reserved, capital):
        new, distance, capital = now, 0.0, 0.0
    done.levers.append(new)
    done.cash_bills.append(lever.cost_once * distance + lever.cost_per_turn * new)
    done.capital_bills.append(capital)


def _initiative_open(game: Game, number: int) -> bool:
    initiative = game.tables.initiatives[number]
    rested = number not in game.played or game.turn - game.played[number] >= initiative.cooldown
    return rested and game.holds(initiative.option.when)


def landing_of(game: Game, option: Option, die: float) -> int:
    """A choice or an initiative without odds succeeds; a gamble succeeds where its die is below the odds."""
    if option.odds is None or die < game.number_of(option.odds):
        return option.landing
    return option.landing_failure


# --- the others

def moves(game: Game) -> list[int]:
    """The moves that the other actors make, actor by actor, the most appealing first; ties go to the first id."""
    made = []
    for number, actor in enumerate(game.tables.actors):
        scores = {m: _score(game, m, actor.temper) for m, move in enumerate(game.tables.moves)
                  if move.actor == number and _may_move(game, m)}
        appealing = [m for m in scores if scores[m] > 0.0]
        made += sorted(appealing, key=lambda m: (-scores[m], game.tables.moves[m].id))[:actor.attention]
    return made


def _may_move(game: Game, number: int) -> bool:
    move = game.tables.moves[number]
    rested = number not in game.moved or game.turn - game.moved[number] >= move.cooldown
    return rested and game.holds(move.when) and (
        move.odds is None or game.luck.move_odds[number] < game.number_of(move.odds))


def _score(game: Game, number: int, temper: float) -> float:
    """Appeal, and the actor's temper times a number in [-1, 1)."""
    return game.number_of(game.tables.moves[number].appeal) + temper * (2.0 * game.luck.tempers[number] - 1.0)
