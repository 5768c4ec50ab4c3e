"""What runs: the compiled form, and how it is stepped and filled."""
