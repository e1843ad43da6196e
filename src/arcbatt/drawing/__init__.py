"""Grids as pictures. The lowest layer: standard library only, nothing of arcbatt."""
