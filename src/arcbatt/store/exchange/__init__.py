"""Export and import: a store as a folder of files with a manifest, and back."""
