"""Many games from one: what a decision is expected to do, policies, forecasts, branches. Start with preview.py;
for many processes and clusters with workers/."""
