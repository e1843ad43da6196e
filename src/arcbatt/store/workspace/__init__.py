"""The folder of a store: program files, the lock, links that are refused, signals that wait for a transaction."""
