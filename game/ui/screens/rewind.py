"""Going back to the opening of an earlier turn. The verdict counts it."""

from __future__ import annotations

from game.ui.app import App
from game.ui.kit import Column, Modal, Text
from game.ui.screens.common import T, dialog
from game.ui.screens.menu import MenuRow


def build(app: App) -> Modal:
    from game.replay.ids import quarter_text

    session = app.session
    first = session.rules.tables.first_quarter
    rows = [
        MenuRow(f"{quarter_text(first, record.turn)}, turn {record.turn + 1}",
                lambda turn=record.turn: app.rewind(turn), "history", str(k) if k < 10 else "")
        for k, record in enumerate(reversed(session.records), 1)
    ]
    text = ("The dice stay as they are: the same decisions bring the same results. The verdict will say that you "
            "went back.")
    child = Column([Text("Go back to the opening of", T.title), Text(text, T.body), *rows], gap=4)
    return dialog(app, child, "Go back", width=460)
