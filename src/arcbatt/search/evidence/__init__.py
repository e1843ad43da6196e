"""Evidence: cheap, deterministic numbers about programs that fit and the outputs that they give.

Each kind of evidence is a module. None of them sees a test output, and none of them decides anything.
"""
