printf 'flow: acme\nsteps:\n' >acme.flow.yml
yes -- '- ' | head -n 250000 >>acme.flow.yml
