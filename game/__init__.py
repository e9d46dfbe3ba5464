"""Third Neighbour: a strategy game about Mongolia between Russia and China.

One folder a layer, each importing only from those below it: cli; ui, text and reports; view; outlook;
replay; content; engine. Read next: engine/turn.py, where one quarter is played.
"""

__version__ = "0.1.0"
