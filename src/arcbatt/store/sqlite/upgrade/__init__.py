"""Databases of earlier schemas: how they are read, and brought up to the one of today."""
