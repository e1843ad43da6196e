"""What a page shows, gathered from a store and from tasks."""
