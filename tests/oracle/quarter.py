"""The oracle's quarter: start reading here. `begin` opens a game, `play` resolves a turn and opens the next.

The order inside a turn (design, section 4): drivers, auxiliaries, agenda; decisions of all; effects that are due,
and levers; auxiliaries again; all stocks at once; levels as of the last day; endings. What the player sees, and
what every condition reads, is the state after the agenda was drawn.
Read next: game.py (what is true of a game), desk.py (cards), seats.py (decisions), arithmetic.py (formulas).
"""

from __future__ import annotations

from dataclasses import dataclass

from game.engine.tables import FLAG, Stock, Tables
from tests.oracle.desk import draw_desk
from tests.oracle.game import Game, blank_game, roll
from tests.oracle.seats import Done, Wanted, landing_of, moves, settle


@dataclass
class Quarter:
    """What a turn did."""

    done: Done
    landed: list[int]  # landings in the order in which they were put on their way
    moves: list[int]
    kept: list[int]  # promises
    broken: list[int]
    values: list[float]  # that the flows ran on
    closing: list[float]  # as of the last day


def begin(tables: Tables, seed: int, number: int, turns: int, parameters: dict[int, float]) -> Game:
    game = blank_game(tables, seed, number, turns, parameters)
    _open(game)
    return game


def _open(game: Game) -> None:
    """Drivers and auxiliaries of a turn, and its cards; or the last day of a game that has ended."""
    game.luck = roll(game)
    if game.ending is not None:
        game.values, game.desk, game.lapsing, game.averted = game.closing, [], [], set()
        return
    game.values = list(game.values)
    game.compute(game.values, game.tables.order)
    draw_desk(game)


def play(game: Game, wanted: Wanted) -> Quarter:
    """Resolve the turn with what the player wants, and open the next one."""
    done = settle(game, wanted)
    made = moves(game)
    due_now = [p for p, turn in game.promised.items() if turn == game.turn]
    kept = [p for p in due_now if game.holds(game.tables.promises[p].kept_if)]
    broken = [p for p in due_now if p not in kept]
    landed = [n for n in _landings(game, done, made, kept, broken) if n]
    for number in landed:
        game.send(game.tables.landings[number])

    used = _resolve(game, done)
    closing = _last_day(game, used, done)
    _remember(game, done, made, due_now)
    quarter = Quarter(done, landed, made, kept, broken, used, closing)
    _close(game, quarter)
    _open(game)
    return quarter


def _landings(game: Game, done: Done, made: list[int], kept: list[int], broken: list[int]) -> list[int]:
    """What lands because of this turn: choices, cards that lapse, initiatives, moves, promises, in this order."""
    t, luck = game.tables, game.luck
    chosen = [(card, choice) for card, choice in zip(game.desk, done.choices, strict=True) if card is not None]
    chosen += [(card, t.cards[card].default) for card in game.lapsing]
    found = [landing_of(game, t.cards[card].choices[choice], luck.choices[card]) for card, choice in chosen]
    found += [landing_of(game, t.initiatives[i].option, luck.initiatives[i]) for i in done.initiatives]
    found += [t.moves[m].landing for m in made]
    return found + [t.promises[p].landing_kept if p in kept else t.promises[p].landing_broken
                    for p in sorted(kept + broken)]


def _resolve(game: Game, done: Done) -> list[float]:
    """The values that the flows run on: flags and levers as they are now, and everything computed again."""
    values = list(game.values)
    for row, variable in enumerate(game.tables.variables):
        if variable.kind == FLAG:
            values[row] = game.in_range(row, values[row] + game.in_force(row))
    for lever, setting in zip(game.tables.levers, done.levers, strict=True):
        values[lever.row] = setting
    game.compute(values, game.tables.order)
    return values


def _last_day(game: Game, used: list[float], done: Done) -> list[float]:
    """All stocks move at once; then the auxiliaries that are levels as of the last day."""
    t, closing = game.tables, list(used)
    for stock in t.stocks:
        jump = game.in_force(stock.row)
        if stock.row == t.roles.capital:
            jump += used[t.roles.capital_income]
        bills = {t.roles.cash: done.cash_bills, t.roles.capital: done.capital_bills}.get(stock.row, [])
        for bill in bills:
            jump -= bill
        closing[stock.row] = _moved(game, stock, used, jump, closing)
    most = 2.0 * closing[t.roles.capital_income]  # at most two turns' income is carried over
    closing[t.roles.capital] = game.in_range(t.roles.capital, min(closing[t.roles.capital], most))
    game.compute(closing, [row for row in t.order if t.variables[row].closing])
    return closing


def _moved(game: Game, stock: Stock, used: list[float], jump: float, closing: list[float]) -> float:
    """The new level of a stock; what its flows could not get is written to `closing`."""
    level, floor = used[stock.row], game.tables.variables[stock.row].low
    wanted = [game.value(flow.formula, used) * flow.scale for flow in stock.flows]
    share = 1.0
    if stock.physical:  # nothing can leave that is not there: outflows share what there is
        supply, outflow = level - floor, 0.0
        for amount in (*wanted, jump):
            supply += max(amount, 0.0)
            outflow += max(-amount, 0.0)
        if outflow > supply:
            share = supply / outflow
    ran = [amount * share if amount < 0.0 else amount for amount in wanted]
    for flow, asked, got in zip(stock.flows, wanted, ran, strict=True):
        if flow.unmet_row >= 0:
            closing[flow.unmet_row] = (got - asked) / flow.scale + 0.0
    for amount in ran:
        level += amount
    return game.in_range(stock.row, level + (jump * share if jump < 0.0 else jump))


def _remember(game: Game, done: Done, made: list[int], judged: list[int]) -> None:
    """Cooldowns, promises, follow-ups and standing effects, for the turns to come."""
    game.played |= dict.fromkeys(done.initiatives, game.turn)
    game.moved |= dict.fromkeys(made, game.turn)
    for promise in judged:
        del game.promised[promise]
    for (kind, target), amount in game.due.pop(game.turn, {}).items():
        if kind == "follow" and amount > 0.0:
            game.called[target] = game.turn + 1
        elif kind == "promise" and amount > 0.0:
            game.promised.setdefault(target, game.turn + game.tables.promises[target].within)
        elif kind == "always":
            game.standing[target] = game.standing.get(target, 0.0) + amount


def _close(game: Game, quarter: Quarter) -> None:
    """Endings, in file order, on the last day's values; then the next turn begins."""
    t = game.tables
    for number, ending in enumerate(t.endings):
        game.held_for[number] = game.held_for[number] + 1 if game.value(ending.when, quarter.closing) != 0.0 else 0
    over = [n for n, ending in enumerate(t.endings) if game.held_for[n] >= ending.for_turns]
    if game.turn + 1 >= game.turns:
        over.append(len(t.endings))
    if over:
        game.ending, game.ending_turn = over[0], game.turn
    game.turn += 1
    game.used.insert(0, quarter.values)
    game.values = game.closing = quarter.closing
