"""What the commands that play calls share: their files, what they print, what they write."""
