"""Ranking: how probable it is that an output is right, by the programs that give it and the evidence about them."""
