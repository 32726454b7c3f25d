; grammar: tree-sitter-c-sharp.wasm
; line-comment: //
; file-only: ^(?:\[.*\] )?(?:(?:static|readonly|async|override) )*private\b

; Places
(comment) @comment
(string_literal) @string
(verbatim_string_literal) @string
(raw_string_literal) @string
(interpolated_string_expression) @string
(character_literal) @string
(interpolation) @code
(namespace_declaration) @scope
(class_declaration) @scope
(interface_declaration) @scope
(struct_declaration) @scope
(record_declaration) @scope
(enum_declaration) @scope
(method_declaration) @scope
(constructor_declaration) @scope
(property_declaration) @scope
(local_function_statement) @scope
(lambda_expression) @scope
(block) @scope
(if_statement) @scope
(for_statement) @scope
(foreach_statement) @scope
(while_statement) @scope
(switch_statement) @scope
(try_statement) @scope

; Definitions
(class_declaration) @definition.type
(interface_declaration) @definition.type
(struct_declaration) @definition.type
(record_declaration) @definition.type
(enum_declaration) @definition.type
(delegate_declaration) @definition.type
(method_declaration) @definition.method
(constructor_declaration) @definition.method
(local_function_statement) @definition.function
(property_declaration) @definition.field
(field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.field
(event_field_declaration (variable_declaration (variable_declarator name: (_) @name))) @definition.field
(enum_member_declaration) @definition.constant
(record_declaration (parameter_list (parameter name: (_) @name) @definition.field))

; Imports
(using_directive [(qualified_name) (identifier)] @path) @import
(namespace_declaration name: (_) @package)
(file_scoped_namespace_declaration name: (_) @package)
(class_declaration name: (_) @heir (base_list (_) @parent))
(interface_declaration name: (_) @heir (base_list (_) @parent))

; Types of variables
(parameter) @typed
(variable_declaration) @typed
(property_declaration) @typed
