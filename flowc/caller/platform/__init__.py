"""Plays NCCOs as the platform does, on a clock of its own: nothing sleeps, nothing is dialled, nothing is spoken.

What the platform does is told by its documents. Where they say nothing, or contradict each other, this double takes an
option, and the transcript of the call says that its outcome rests on it.
"""
