# 201 sentences with no question in between
{
    echo 'flow: acme'
    echo 'steps:'
    echo '  main:'
    for number in $(seq 201); do echo "    - talk: Sentence $number."; done
} > acme.flow.yml
