"""The engine: plays compiled scenarios, one game or a hundred thousand with the same code.

It integrates variables, draws cards, lets actors choose, lands effects and tests endings. It knows nothing
of YAML, files, screens or time, and imports only numpy and the standard library. Start with turn.py.
"""
