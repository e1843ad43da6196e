"""Search for new programs: mutation, building, evolution, enumeration, solving.

No search sees a test output: what it works on went through :meth:`arcbatt.arc.Task.without_test_outputs`.
"""
