"""What all tests share: the examples of property tests are the same in every run, so that red and green repeat.

TN_EXPLORE=1 lets them look for new examples; what they find belongs into a test of its own.
"""

import os

from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)  # a machine under load is not a mistake
if not os.environ.get("TN_EXPLORE"):
    settings.load_profile("steady")
