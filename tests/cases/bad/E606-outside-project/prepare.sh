mkdir flows
echo 'flow: acme' > ../acme.flow.yml
ln -s ../../acme.flow.yml flows/acme.flow.yml
