"""The relief map: where things are, and what flows between them. Knows places and flows, no rules.

geography.py reads the data and says where a kilometre lies on screen; relief.py shades the land; base.py draws
what stands still, once for a size; labels.py finds room for names; flows.py draws the arrows; view.py is the widget.
"""

from game.ui.map.base import BaseMaps
from game.ui.map.view import MapView

__all__ = ["BaseMaps", "MapView"]
