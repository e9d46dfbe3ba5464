"""Games by typed lines: the flow of turns, decisions, refusals, and leaving at any prompt."""

from __future__ import annotations

import re

import pytest

from game.replay import Session, verify
from game.text import show_card, show_desk
from game.view import cabinet_page, card_page, desk_page, report_page, verdict_page, why_page

BAD = re.compile(r"\w_\w|\bNone\b|\bnan\b|\binf\b")
TURN = ("1", "2", "1", "end", "yes", "")  # up to three cards, a number that fits too many is only refused
TWO_TURNS = ("", "1", "why fuel cover", "", "cabinet", "raise 7", "", "end", "no", "end", "1", "1", "", "2", "1", "end",
             "yes", "")


def facts(player, lines):
    """The lines of a page as they are printed."""
    from game.text.lines import Lines
    printed = []
    Lines(printed.append, lambda: None, "utf-8").say(lines)
    return printed


def test_a_game_to_the_verdict(player, scenario):
    p = player()
    printed = p.types(*(TURN * 14), "record", "report")
    assert p.session.ended
    page = verdict_page(p.session)
    assert f"{page.title}." in printed and all(f"{goal.label}: " in "\n".join(printed) for goal in page.goals)
    assert not [line for line in printed if BAD.search(line) and "tnlog" not in line]
    assert verify(p.session.path).verdict == "same"
    assert printed[-1].startswith("Goodbye: your game is kept; to go on, start again with --text --save ")


@pytest.mark.parametrize("stop, lengths", [(EOFError, range(len(TWO_TURNS) + 1)),
                                           (KeyboardInterrupt, (0, 6, len(TWO_TURNS)))])
def test_input_may_end_at_every_prompt(player, stop, lengths):
    for length in lengths:
        p = player(stop)
        printed = p.types(*TWO_TURNS[:length])
        assert printed[-2] == "" and str(p.session.path) in printed[-1]
        kept = Session.load(p.session.path)
        assert kept.state.turn == p.session.state.turn
        assert (kept.wanted.choices == p.session.wanted.choices).all()
        assert (kept.wanted.levers == p.session.wanted.levers).all()
        p.session.path.unlink()
    assert p.session.state.turn == 2


def test_the_questions_of_a_new_game(player, scenario):
    p = player(seed=None, length=None, difficulty=None, priorities=None)
    printed = p.types("desk", "1", "2", "3", "2", "nonsense", "9", "4", "horses and coal")
    assert p.session.settings.length == list(scenario.document.lengths)[1]
    assert p.session.settings.difficulty == scenario.document.difficulties[2].id
    ids = [priority.id for priority in scenario.document.priorities]
    left = [name for name in ids if name != ids[1]]
    assert p.session.settings.priorities == (ids[1], left[3])
    assert "There is no game yet." in printed and "Choose a number from 1 to 5." in printed
    assert all(text in "\n".join(printed) for priority in scenario.document.priorities
               for text in facts(p, [priority.text]))


def test_a_scenario_that_was_named_is_not_asked_for(player):
    asked = player(seed=None, length=None, difficulty=None, priorities=None).types()
    named = player(seed=None, length=None, difficulty=None, priorities=None, named=True).types()
    assert "Scenario:" in asked and "Scenario:" not in named and "Length:" in named


def test_input_may_end_before_a_game_begins(player):
    p = player(seed=None, length=None, difficulty=None, priorities=None)
    assert p.types()[-1] == "Goodbye: no game was begun, so nothing is kept."


def test_a_kept_game_is_offered_and_goes_on(player):
    first = player()
    first.types("1", "2")
    second = player(seed=None, length=None, difficulty=None, priorities=None)
    printed = second.types("")
    assert "A game is kept:" in printed and second.session.path == first.session.path
    assert (second.session.wanted.choices == first.session.wanted.choices).all()


def test_a_file_given_is_kept_to_and_gone_on_with(player, tmp_path):
    path = tmp_path / "class" / "anna.tnlog"
    player(save=path).types(*TURN)
    again = player(save=path)
    again.types()
    assert again.session.path == path and again.session.state.turn == 1


def test_a_broken_file_is_told_and_the_game_stays(player, tmp_path):
    (tmp_path / "broken.tnlog").write_text("no log\n", encoding="utf-8")
    p = player()
    p.types(f"load {tmp_path / 'broken.tnlog'}", "load nowhere", "1")
    assert len(p.after(f"load {tmp_path / 'broken.tnlog'}")) >= 1
    assert "The file cannot be read" in p.after("load nowhere")[0]
    assert p.session.state.turn == 0 and not p.session.ended


def test_the_desk_says_all_that_its_page_holds(player):
    p = player()
    p.types(*TURN, "desk", "indicators", "relations", "dispatches", "coming")
    page = desk_page(p.session)
    for command, lines in (("desk", show_desk.whole(page)), ("indicators", show_desk.indicators(page)),
                           ("relations", show_desk.relations(page)), ("dispatches", show_desk.dispatches(page)),
                           ("coming", show_desk.coming(page))):
        assert p.after(command)[:len(facts(p, lines))] == facts(p, lines)


def test_a_card_and_its_source(player):
    p = player()
    p.types("1", "source")
    page = card_page(p.session, 0)
    assert p.after("1")[:-2] == facts(p, show_card.card(page))
    assert p.after("source") == facts(p, show_card.source(page))
    for choice in page.choices:
        assert f"{choice.index + 1}. {choice.label}" in "\n".join(p.after("1"))


def test_more_tells_the_smaller_effects_of_a_card(player):
    p = player()
    p.types("1", "more", "more 9")
    page = card_page(p.session, 0)
    assert p.after("more") == facts(p, show_card.more(page))
    assert all(len(choice.effects) <= 4 for choice in page.choices)
    assert "for instance more 1" in p.after("more 9")[0]


@pytest.mark.parametrize("typed", ["why fuel cover", "why days of fuel", "why is Days of Fuel?", "WHY days of fu"])
def test_why_by_label_or_name(player, typed):
    p = player()
    p.types(*TURN, typed)
    page = why_page(p.session, "fuel_cover")
    said = p.after(typed)
    assert "Why Days of fuel:" in said and f"Now: {page.value_text}.".replace("\u00a0", " ") in said
    assert sum(line.startswith("Cause: ") for line in said) == sum(len(step.terms) for step in page.steps)
    for step in page.steps:
        assert any(line.startswith(f"{step.head}: from ") for line in said)


def test_why_leads_on_suggests_and_asks_which(player):
    p = player()
    p.types("why fuel cover", "1", "", "why fule cover", "why relations", "2", "", "why", "1")
    assert "Why Fuel stock:" in p.after("1") or "Why Fuel stock:" in p.printed
    assert any(line.startswith("Did you mean \u201c") for line in p.after("why fule cover"))
    assert p.after("why relations")[0].startswith("1. ")
    assert p.after("why")[0] == "Why what?"
    assert p.edition.card == 0  # back at the desk, where number 1 opens the first card


def test_levers_by_number_name_and_value(player):
    p, q = player(), player()
    q.types("1")
    numbers = {line.label: line.index + 1 for line in cabinet_page(q.session).levers}
    reserve, most = numbers["Fuel reserve wanted"], numbers["Most fuel bought from Russia"]
    p.types("set fuel reserve 30", f"set {reserve} to 32 days", "set fuel reserve 500", "set fuel",
            "set time for beijing warm", f"raise {most}", "lower most fuel", "lever fuel reserve")
    page = cabinet_page(p.session)
    assert p.after("set fuel reserve 30")[0] == "Fuel reserve wanted: 30 days."
    assert p.after(f"set {reserve} to 32 days")[:2] == ["Fuel reserve wanted: 30 days.", "That is the nearest step."]
    assert p.after("set fuel reserve 500")[0] == "Fuel reserve wanted cannot be set so."
    assert p.after("set time for beijing warm")[0] == "Time for Beijing: warm."
    assert "Already at its highest setting." in p.after(f"raise {most}")
    assert page.levers[reserve - 1].setting == 30.0 and page.levers[most - 1].setting == 90.0
    assert "Settings: from 10 days to 60 days, in steps of 5 days." in p.after("lever fuel reserve")


def test_initiatives_and_a_refusal_with_its_sentence(player):
    p = player()
    p.types("1")
    page = cabinet_page(p.session)
    shut = next(item for item in page.initiatives if item.refusal)
    free = next(item for item in page.initiatives if not item.refusal and item.capital == 1)
    q = player()
    q.types(f"play {shut.index + 1}", f"play {free.title}", f"drop {free.index + 1}", "undo", "play 999", "play",
            "play depott")
    assert q.after(f"play {shut.index + 1}") == facts(q, [shut.refusal])
    assert f"Played: {free.title}." in q.after(f"play {free.title}")
    assert f"Dropped: {free.title}." in q.after(f"drop {free.index + 1}")
    assert f"{free.title}: played." in "\n".join(q.after("undo"))
    assert q.session.wanted.initiatives[free.index, 0]
    assert q.after("play 999")[0] == "There is no initiative 999." and q.after("play")[0] == "Which initiative?"
    assert q.after("play depott")[-1].startswith("Did you mean \u201c")


def test_a_choice_that_is_refused(player):
    """Capital is spent in the cabinet first; then a choice that costs some is refused."""
    p = player()
    p.types("play long contract", "play tianjin", "1", "5")
    assert card_page(p.session, 0).choices[4].refusal
    assert p.after("5") == facts(p, [card_page(p.session, 0).choices[4].refusal])
    assert p.session.wanted.choices[0, 0] == -1


def test_every_group_of_the_cabinet(player):
    p = player()
    p.types("cabinet", "1", "cabinet money", "cabinet nowhere")
    page = cabinet_page(p.session)
    overview = "\n".join(p.after("cabinet"))
    assert all(item.label in overview for item in page.levers)
    assert all(item.title in overview for item in page.initiatives)
    money = [item for item in page.initiatives if item.group == "money"]
    assert money and all(line in p.after("cabinet money") for item in money for line in facts(p, [item.text]))
    assert p.after("cabinet nowhere")[0].startswith("Choose a group: ")


def test_the_report(player):
    p = player()
    p.types("end", "yes", "report", "1")
    page = report_page(p.session)
    full = "\n".join(p.after("report"))
    assert all(f"{row.label}: " in full for row in page.rows)
    assert all(line in full for text in page.decided for line in facts(p, [text]))
    assert f"Why {page.facts[0].label}:" in p.after("1")


def test_undo_rewind_save_and_load(player):
    p = player()
    p.types("undo", "rewind", *TURN, "rewind", "1", "1", "1", "undo", "save after school", "save ../x", "save", "1",
            "3", "load after school", "load", "1")
    assert p.after("save ../x")[0].startswith("A name has letters")
    assert "There is no decision of this quarter to take back." in p.printed
    assert "There is no earlier quarter to go back to." in p.printed
    assert p.session.rewinds == 1 and p.session.path.stem == "after school"
    assert any(line.startswith("Taken back.") for line in p.printed)
    assert 2 in p.session.wanted.choices[:, 0], "the third choice of the card that was open when the game was saved"


def test_help_lists_every_command_and_the_glossary_explains(player, scenario):
    p = player()
    p.types("help", "glossary fuel cover", "glossary readiness", "glossary readyness", "glossary")
    assert all(any(line.startswith(f"{command.usage}: ") for line in p.after("help"))
               for command in p.edition.commands.values())
    assert p.after("glossary readiness")[0].startswith("Readiness: ")
    assert "Did you mean \u201cReadiness\u201d?" in p.after("glossary readyness")
    assert len(p.after("glossary")) > 50


def test_a_mistyped_command_at_several_prompts(player):
    p = player()
    p.types("cabinte", "1", "unod", "", "cabinet", "raies 3")
    assert p.printed.count("Did you mean \u201ccabinet\u201d?") == 1
    assert "Did you mean \u201cundo\u201d?" in p.printed and "Did you mean \u201craise\u201d?" in p.printed


def test_how_the_model_works_is_a_page_and_its_path_is_told(player, tmp_path):
    told = []

    def show(scenario):
        told.append(scenario.document.id)
        return "No browser was found here. Open the page yourself:", tmp_path / "my pages" / "model.html"
    p = player(show_model=show)
    p.types("model")
    assert told == [p.session.scenario.document.id]
    said = p.after("model")
    assert said[:3] == ["The page is being made; it takes a few seconds.", "No browser was found here.",
                        "Open the page yourself:"]
    assert str(tmp_path / "my pages" / "model.html") in said[3]


def test_a_page_of_the_model_that_cannot_be_written_leaves_the_game_as_it_is(player):
    p = player(show_model=lambda scenario: ("The page could not be written: disk full. Free some room.", None))
    p.types("model", "desk")
    assert "The page could not be written: disk full." in p.after("model") and p.after("desk")
