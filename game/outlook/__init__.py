"""Many games from one: what a decision may bring, policies, branches, summaries. Start with forecast.py; for many
processes and clusters with workers/."""
