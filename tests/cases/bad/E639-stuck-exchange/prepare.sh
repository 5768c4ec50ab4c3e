# What a killed build leaves, and a folder that somebody made since.
mkdir -p build/local/.flowc-stage/new/public/acme build/local/.flowc-stage/old/0 build/local/public/acme
echo mine > build/local/public/acme/mine.json
echo '[[["public/acme", true, true]], [], ""]' > build/local/.flowc-stage/journal
