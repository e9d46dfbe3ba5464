"""Bots: policies that decide for all games of a batch at once.

A policy is a function of what the screen shows and of dice of its own (stream BOTS), so that it cannot
disturb the game's luck. It picks only what is open and can be paid; the engine's `settle` has the last word
on several things at once. naming.py lists them all. Read next: candidates.py, then looking.py.
"""

from game.outlook.policies.candidates import Candidates, candidates, decisions_of, take
from game.outlook.policies.chance import random_policy
from game.outlook.policies.common import Policy, bot_dice, dice_slots, payable_choices, payable_initiatives
from game.outlook.policies.history import do_nothing
from game.outlook.policies.looking import Planner, by_worth
from game.outlook.policies.naming import COURT, DOUBLED, NAMES, policy_named
from game.outlook.policies.own import PolicyError, is_own
from game.outlook.policies.stances import Stance, by_stance

__all__ = ["COURT", "DOUBLED", "NAMES", "Candidates", "Planner", "Policy", "PolicyError", "Stance", "bot_dice",
           "by_stance", "by_worth", "candidates", "decisions_of", "dice_slots", "do_nothing", "is_own",
           "payable_choices", "payable_initiatives", "policy_named", "random_policy", "take"]
