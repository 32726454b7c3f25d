; grammar: tree-sitter-tsx.wasm
; inherits: typescript
