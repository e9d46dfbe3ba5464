"""A tiny scenario written by hand as tables: fuel, cash, one neighbour. Used by the engine's own tests."""

from game.engine.tables import (
    ALWAYS,
    AUXILIARY,
    CHANCE,
    DEFEAT,
    DRIVER,
    FLAG,
    FOLLOW,
    LEVER,
    NEVER,
    NONE_GROUP,
    PARAMETER,
    SCHEDULED,
    STOCK,
    UNMET,
    WEIGHT,
    Actor,
    Agenda,
    Card,
    Effect,
    Ending,
    Flow,
    Initiative,
    Landing,
    Lever,
    Move,
    Option,
    Promise,
    Roles,
    Stock,
    Tables,
    Variable,
    compile_rules,
)

(FUEL, CASH, CAPITAL, PRICE, DEMAND, COVER, INCOME, CREDIT, BUYING, RELATION, TANKS, SHORT, YEARLY) = range(13)

YES = ("number", 1.0)


def number(x):
    return ("number", float(x))


def now(row):
    return ("now", row)


def four(x):
    return (x, x, x, x)


def _variables():
    return (
        Variable("fuel", STOCK, 0.0, 400.0, four(60.0)),
        Variable("cash", STOCK, -5000.0, 5000.0, four(300.0)),
        Variable("capital", STOCK, 0.0, 20.0, four(3.0)),
        Variable("price", DRIVER, 20.0, 300.0, four(100.0),
                 ("max", number(30), ("add", ("path", 3), ("mul", number(8), ("luck", 3)))),
                 path=(100.0, 105.0, 110.0, 108.0)),
        Variable("demand", AUXILIARY, 1.0, 500.0, None,
                 ("if", ("eq", ("quarter",), number(2)), number(75), number(60))),
        Variable("cover", AUXILIARY, 0.0, 1000.0, None,
                 ("mul", number(90), ("ratio", now(FUEL), now(DEMAND), number(0))), closing=True),
        Variable("income", AUXILIARY, 0.0, 10.0, None, number(2)),
        Variable("credit", PARAMETER, 0.0, 1000.0, four(50.0)),
        Variable("buying", LEVER, 0.0, 100.0, four(50.0)),
        Variable("relation", STOCK, 0.0, 100.0, four(50.0)),
        Variable("tanks", FLAG, 0.0, 1.0, four(0.0)),
        Variable("fuel.burned unmet", UNMET, -1e9, 1e9, four(0.0)),
        Variable("yearly", AUXILIARY, 0.0, 1e9, (55.0, 70.0, 60.0, 60.0), ("year_sum", DEMAND)),
    )


def _landings():
    return (
        Landing(("none",), ()),
        Landing(("card", 0, 0), (Effect("add", RELATION, -5.0, 0, 1, 1),)),
        Landing(("card", 0, 1), (Effect("add", FUEL, 40.0, 1, 2, 2), Effect("add", RELATION, 4.0, 0, 1, 2),
                                 Effect("follow", 2, 1.0, 1, 1, 2), Effect("promise", 0, 1.0, 0, 1, 2))),
        Landing(("card", 1, 0), (Effect("add", FUEL, -80.0, 0, 1, 3),)),
        Landing(("card", 1, 1), (Effect("add", DEMAND, -20.0, 0, 3, 4), Effect("add", RELATION, -1.0, 2, 1, 4))),
        Landing(("card", 2, 0), (Effect("add", CASH, -20.0, 0, 1, 5),)),
        Landing(("card", 3, 0), (Effect("add", CASH, 5.0, 0, 1, 6),)),
        Landing(("card", 3, 1), (Effect("add", PRICE, 10.0, 0, ALWAYS, 7),)),
        Landing(("initiative", 0), (Effect("add", TANKS, 1.0, 0, 1, 8), Effect("add", FUEL, 30.0, 3, 1, 8))),
        Landing(("initiative", 0, "failure"), (Effect("add", CASH, -10.0, 1, 1, 9),)),
        Landing(("move", 0), (Effect("add", FUEL, -10.0, 0, 1, 10),)),
        Landing(("move", 1), (Effect("add", RELATION, 2.0, 0, 1, 11),)),
        Landing(("kept", 0), (Effect("add", RELATION, 3.0, 0, 1, 12),)),
        Landing(("broken", 0), (Effect("add", RELATION, -6.0, 0, 1, 13),)),
    )


def option(name, landing, cost=0.0, capital=0.0, when=None, odds=None, failure=0):
    return Option(name, when, cost, capital, odds, landing, failure)


def _cards():
    return (
        Card("visit", SCHEDULED, ("ge", ("turn",), number(2)), None, 0, None, 2, NEVER, NONE_GROUP, 0,
             (option("cool", 1), option("warm", 2, cost=60.0, capital=1.0))),
        Card("cut", CHANCE, YES, number(0.3), 2, ("gt", now(COVER), number(150)), 2, 4, 0, 0,
             (option("wait", 3), option("save", 4, when=("gt", now(RELATION), number(40))))),
        Card("bill", FOLLOW, YES, None, 0, None, 2, NEVER, NONE_GROUP, 0, (option("pay", 5),)),
        Card("market", WEIGHT, YES, number(1.0), 0, None, 2, 2, 0, 0, (option("tax", 6), option("free", 7))),
    )


def tables():
    return Tables(
        first_quarter=2011 * 4, variables=_variables(),
        order=(PRICE, DEMAND, COVER, INCOME, YEARLY),
        stocks=(
            Stock(FUEL, (Flow("bought", now(BUYING), 1.0), Flow("burned", ("neg", now(DEMAND)), 1.0, SHORT)), True),
            Stock(CASH, (Flow("taxes", number(80), 1.0),
                         Flow("fuel", ("neg", ("mul", now(BUYING), ("div", now(PRICE), number(100)))), 1.0))),
            Stock(CAPITAL, ()),
            Stock(RELATION, (Flow("fading", ("mul", number(0.04), ("sub", number(50), now(RELATION))), 1.0),)),
        ),
        levers=(Lever(BUYING, 5.0, 1.0, 0.5, 0.0),),
        landings=_landings(), cards=_cards(),
        initiatives=(Initiative(option("tanks", 8, cost=70.0, capital=2.0, odds=number(0.6), failure=9), NEVER),),
        actors=(Actor("home", 0, 0.0), Actor("north", 1, 0.5)),
        moves=(Move("north-late", 1, YES, ("mul", number(0.02), ("sub", number(50), now(RELATION))),
                    number(0.8), 2, 10),
               Move("north-warm", 1, ("gt", now(RELATION), number(45)), number(0.1), None, 3, 11)),
        promises=(Promise("quick", 3, ("gt", now(FUEL), number(60)), 12, 13),),
        endings=(Ending("dry", DEFEAT, ("lt", now(COVER), number(5)), 2, ("lt", now(COVER), number(15))),),
        goals=(("curve", now(COVER), (0.0, 90.0), (0.0, 100.0)),),
        roles=Roles(CASH, CREDIT, CAPITAL, INCOME), agenda=Agenda(2, 1, 0.5),
    )


def rules():
    return compile_rules(tables())
