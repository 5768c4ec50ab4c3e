"""What makes files of this project that are checked in."""
