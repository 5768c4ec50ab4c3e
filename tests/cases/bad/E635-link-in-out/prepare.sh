mkdir -p build/local elsewhere
ln -s ../../elsewhere build/local/public
