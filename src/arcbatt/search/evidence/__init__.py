"""Evidence about programs that are right on all demo samples: numbers that tell whether one is right on the test too.

Nothing here sees a test output. A number is exact and the same on every machine and engine, and does not depend on the
other programs of its batch, as long as the meter affords it.
"""
