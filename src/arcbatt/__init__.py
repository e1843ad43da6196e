"""arcbatt evaluates batteries of candidate programs on ARC-AGI tasks, keeps what works, and does it exactly."""

__version__ = "0.1.0"
