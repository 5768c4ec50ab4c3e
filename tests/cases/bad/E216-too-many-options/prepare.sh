# a menu with 201 options
{
    echo 'flow: acme'
    echo 'steps:'
    echo '  main:'
    echo '    menu:'
    echo '      prompt: "{{ options }}"'
    echo '      otherwise: end'
    echo '      options:'
    for number in $(seq 100 300); do echo "        $number: end"; done
    echo '  end: {talk: Goodbye.}'
} > acme.flow.yml
