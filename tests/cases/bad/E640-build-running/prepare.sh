# Another process that holds the lock for two seconds.
mkdir .flowc
flock .flowc/lock sleep 2 > /dev/null 2>&1 &
while flock -n .flowc/lock true; do :; done
