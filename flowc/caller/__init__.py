"""The caller's side: what a phone call does to a hosted flow."""
