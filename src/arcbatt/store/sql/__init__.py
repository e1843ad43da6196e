"""The store as tables: the schema as data, and plain SQL that reads and writes it."""
