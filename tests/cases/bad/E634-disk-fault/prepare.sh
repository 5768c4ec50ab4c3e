# A folder in the place of the record of `build/local`.
mkdir -p .flowc/local-8b6b43c1.record
