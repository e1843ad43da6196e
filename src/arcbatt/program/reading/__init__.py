"""Reading program files: from Python text to nodes of a graph; nothing of it is executed."""
