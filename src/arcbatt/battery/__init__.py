"""Batteries: programs merged into one graph, their files, and drawing them by weight."""

from arcbatt.battery.battery import Battery, Differ
from arcbatt.battery.draw import draw
from arcbatt.battery.files import battery_text, parse_battery
from arcbatt.battery.load import load_programs

__all__ = ["Battery", "Differ", "battery_text", "draw", "load_programs", "parse_battery"]
