; grammar: tree-sitter-go.wasm
; line-comment: //
; package-only-name: ^[\p{Ll}_]

; Places
(comment) @comment
(interpreted_string_literal) @string
(raw_string_literal) @string
(rune_literal) @string
(function_declaration) @scope
(method_declaration) @scope
(func_literal) @scope
(type_spec) @scope
(block) @scope
(if_statement) @scope
(for_statement) @scope
(expression_switch_statement) @scope
(type_switch_statement) @scope
(select_statement) @scope
(literal_value) @scope

; Definitions
(function_declaration) @definition.function
(method_declaration) @definition.method
(type_spec type: [(struct_type) (interface_type)] @body) @definition.type
(type_spec) @definition.type
(type_alias) @definition.type
(field_declaration name: (field_identifier) @name) @definition.field
(method_elem) @definition.method
(source_file (const_declaration (const_spec name: (identifier) @name) @definition.constant))
(source_file (var_declaration (var_spec name: (identifier) @name) @definition.constant))
(source_file (var_declaration (var_spec_list (var_spec name: (identifier) @name) @definition.constant)))

; Imports
(import_spec path: (_) @path) @import
(package_clause (package_identifier) @package)

; Types of variables
(parameter_declaration) @typed
(var_spec) @typed
(field_declaration) @typed
(short_var_declaration) @typed
