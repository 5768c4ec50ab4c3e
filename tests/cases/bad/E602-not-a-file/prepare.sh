mkfifo acme.flow.yml
