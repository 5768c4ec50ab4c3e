ln -s acme.flow.yml acme.flow.yml
