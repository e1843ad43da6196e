"""Mutation: typed operators on programs, and one entry that draws among them.

Every child fits as well as its parent does, as far as types are known, and differs from it. All randomness comes from
the generator that is handed in.
"""

from arcbatt.search.mutation.fitting import misfits
from arcbatt.search.mutation.hints import TaskHints
from arcbatt.search.mutation.mutation_settings import MutationSettings
from arcbatt.search.mutation.mutator import Mutation, Mutator

__all__ = ["Mutation", "MutationSettings", "Mutator", "TaskHints", "misfits"]
