"""What all tests share: examples that repeat, and a home that is not the player's own.

The examples of property tests are the same in every run, so that red and green repeat; TN_EXPLORE=1 lets them look
for new ones, and what they find belongs into a test of its own. What a test writes where a player's files are (saves,
settings, the cache of compiled scenarios) goes into a folder that is removed at the end.
"""

import atexit
import os
import shutil
import tempfile

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)  # a machine under load is not a mistake
if not os.environ.get("TN_EXPLORE"):
    settings.load_profile("steady")

os.environ["TN_HOME"] = tempfile.mkdtemp(prefix="third-neighbour-tests-")
atexit.register(shutil.rmtree, os.environ["TN_HOME"], ignore_errors=True)
