"""What the figures of `benchmarks/trust.py` are made of: a module a part."""
