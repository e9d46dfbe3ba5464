"""One file a screen: `build(app, **args) -> Widget` from one page. Read next: common.py, then desk.py."""
