"""Programs: the graph they live in, reading them, their canonical text and static types. Nothing is evaluated here."""

from arcbatt.program.graph import Graph
from arcbatt.program.inline import inlined_text
from arcbatt.program.parse import parse_file, parse_programs
from arcbatt.program.program import Program
from arcbatt.program.refusals import ProgramError

__all__ = ["Graph", "Program", "ProgramError", "inlined_text", "parse_file", "parse_programs"]
