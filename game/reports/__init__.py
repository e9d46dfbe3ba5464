"""Reports as web pages: one file each, with everything in it, that prints well and needs no network.

page.py builds pages, charts.py draws; balance_page.py is the balance report.
"""
