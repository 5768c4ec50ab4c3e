"""The pages that `flowc explain` prints of the language and the platform."""
