"""The disk: projects, parameters, sources, and the record of what was built."""
