# 6,001 letters behind a param
{
    echo 'flow: acme'
    echo 'params: {name: {type: text, default: ACME}}'
    echo 'steps:'
    echo '  main:'
    echo '    - notify:'
    echo '        eventUrl: https://example.com/events'
    printf '        payload: {who: "{{ params.name ~ '"'"
    head -c 6001 /dev/zero | tr '\0' x
    echo "' }}\"}"
    echo '    - talk: Goodbye.'
} > acme.flow.yml
