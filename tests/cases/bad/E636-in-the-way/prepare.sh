mkdir -p build/local
echo mine > build/local/public
