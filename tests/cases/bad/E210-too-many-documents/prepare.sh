# 600 questions with ten attempts each
{
    echo 'flow: acme'
    echo 'input: {attempts: 10, otherwise: end}'
    echo 'steps:'
    for number in $(seq 600); do
        echo "  q$number: [{menu: {prompt: 'Press 1.', options: {1: q$((number % 600 + 1)), 2: end}}}]"
    done
    echo '  end: {talk: Goodbye.}'
} > acme.flow.yml
