"""What a flow means: its language, its facts, and how it becomes a program."""
