"""The prior: how natural a program is, in bits, counted on the library; the one place that knows it."""

from arcbatt.search.prior.counts import PriorCounts, count_programs, load_counts, read_counts
from arcbatt.search.prior.prior import PricedChoice, Prior, load_prior
from arcbatt.search.prior.units import UNITS_PER_BIT

__all__ = [
    "UNITS_PER_BIT", "PricedChoice", "Prior", "PriorCounts", "count_programs", "load_counts", "load_prior",
    "read_counts",
]  # fmt: skip
