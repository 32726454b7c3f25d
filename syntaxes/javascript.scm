; grammar: tree-sitter-javascript.wasm
; inherits: ecmascript

(field_definition property: (_) @name value: (_)? @body) @definition.field
(field_definition property: (_) @bound value: (new_expression constructor: (_) @type))
(class_declaration name: (_) @heir (class_heritage (_) @parent))
