"""Evolution: a population of programs for each task, bred, evaluated and kept, generation after generation."""

from arcbatt.search.evolution.evolution_settings import EvolutionSettings
from arcbatt.search.evolution.evolve_task import IslandGeneration, evolve_task
from arcbatt.search.evolution.island import Island
from arcbatt.search.evolution.member import Member

__all__ = ["EvolutionSettings", "Island", "IslandGeneration", "Member", "evolve_task"]
