"""Search for new programs: mutation, building, evolution, enumeration, solving.

No search sees a test output: what it works on is a :class:`arcbatt.arc.Challenge`.
"""
