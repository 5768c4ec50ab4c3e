"""From plain data, whose shape is right, to a typed `Flow`."""
