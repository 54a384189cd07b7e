"""The same made-up examples every time, so that a run means what the last one meant; new ones in a soak run."""

import os

from hypothesis import settings

SOAK = bool(os.environ.get("PLOUGHSHARE_SOAK"))

settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.register_profile("soak", deadline=None)
settings.load_profile("soak" if SOAK else "steady")
