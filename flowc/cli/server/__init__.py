"""What `flowc serve` adds to the server: changes as they are saved, and what a person sees."""
