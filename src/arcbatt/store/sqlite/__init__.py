"""The store in an SQLite file of a workspace, with the programs' files beside it."""
