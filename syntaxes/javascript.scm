; grammar: tree-sitter-javascript.wasm
; inherits: ecmascript

(field_definition property: (_) @name) @definition.field
(assignment_expression left: (member_expression property: (property_identifier) @name)
  right: [(arrow_function) (function_expression)]) @definition.method
(assignment_expression left: (member_expression object: (this) property: (_) @name @definition.field))
(assignment_expression left: (member_expression object: (identifier) property: (property_identifier) @name)) @definition.constant
(assignment_expression left: (member_expression object: (member_expression) property: (property_identifier) @name)) @definition.constant

(class_declaration name: (_) @heir (class_heritage (_) @parent))

(field_definition) @typed
(assignment_expression left: (member_expression object: (this))) @typed
