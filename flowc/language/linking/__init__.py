"""From a flow to its program: documents, waits, and what each action becomes."""
