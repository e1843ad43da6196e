"""Evidence: cheap, deterministic numbers that say how believable a candidate's output is; it sees no test output."""
