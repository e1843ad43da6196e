"""The store in a PostgreSQL database: everything in its tables, no files beside it."""
