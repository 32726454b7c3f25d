; grammar: tree-sitter-javascript.wasm
; inherits: javascript
