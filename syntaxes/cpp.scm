; grammar: tree-sitter-cpp.wasm
; inherits: c
; file-only: ^static\b(?!.*\))

(raw_string_literal) @string
(class_specifier) @scope
(namespace_definition) @scope
(lambda_expression) @scope
(for_range_loop) @scope
(try_statement) @scope

(class_specifier name: (_) body: (_)) @definition.type
(namespace_definition name: (_)) @definition.module
(alias_declaration) @definition.type
(concept_definition) @definition.type

(class_specifier name: (_) @heir (base_class_clause [(type_identifier) (template_type) (qualified_identifier)] @parent))
(struct_specifier name: (_) @heir (base_class_clause [(type_identifier) (template_type) (qualified_identifier)] @parent))
