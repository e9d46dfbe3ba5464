"""Pages with little waiting: a fixture for those whose tests make many of them."""

import pytest

from game.view import lookahead


@pytest.fixture(autouse=True, scope="session")
def few_futures():
    """Pages look the same whether many futures stand behind them or few; only less sure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lookahead, "FUTURES", 24)
        patch.setattr(lookahead, "FEWER", 24)
        yield
