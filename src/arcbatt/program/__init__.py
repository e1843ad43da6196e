"""Programs: the graph they live in, reading them, their canonical text and static types. Nothing is evaluated here."""

from arcbatt.program.graph import Graph
from arcbatt.program.inline_text import inlined_text
from arcbatt.program.parse import Collected, parse_file, parse_programs
from arcbatt.program.program import Program
from arcbatt.program.reading.aliases import Aliases, read_aliases
from arcbatt.program.refusals import ProgramError, Refusals

__all__ = ["Aliases", "Collected", "Graph", "Program", "ProgramError", "Refusals", "inlined_text", "parse_file",
           "parse_programs", "read_aliases"]  # fmt: skip
