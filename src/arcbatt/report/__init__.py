"""What a person sees: grids, tables and progress in the terminal."""
