; grammar: tree-sitter-php.wasm
; line-comment: //
; file-only: ^(?:(?:static|readonly|final) )*private\b

; Places
(comment) @comment
(string) @string
(encapsed_string) @string
(heredoc) @string
(nowdoc) @string
(class_declaration) @scope
(interface_declaration) @scope
(trait_declaration) @scope
(enum_declaration) @scope
(method_declaration) @scope
(function_definition) @scope
(anonymous_function) @scope
(arrow_function) @scope
(compound_statement) @scope
(if_statement) @scope
(for_statement) @scope
(foreach_statement) @scope
(while_statement) @scope
(switch_statement) @scope
(try_statement) @scope
(match_expression) @scope

; Definitions
(class_declaration) @definition.type
(interface_declaration) @definition.type
(trait_declaration) @definition.type
(enum_declaration) @definition.type
(method_declaration) @definition.method
(function_definition) @definition.function
(const_declaration (const_element (name) @name)) @definition.constant
(property_declaration (property_element name: (variable_name (name) @name))) @definition.field
(property_promotion_parameter name: (variable_name (name) @name)) @definition.field
(enum_case) @definition.constant

; Imports
(namespace_use_declaration (namespace_use_clause (qualified_name) @path)) @import
(namespace_use_declaration body: (namespace_use_group)) @import @path
(require_once_expression (string (string_content) @path)) @import
(require_expression (string (string_content) @path)) @import
(include_expression (string (string_content) @path)) @import
(include_once_expression (string (string_content) @path)) @import
(namespace_definition name: (_) @package)
(class_declaration name: (_) @heir (base_clause (_) @parent))
(class_declaration name: (_) @heir (class_interface_clause (_) @parent))

; Types of variables
(simple_parameter) @typed
(property_promotion_parameter) @typed
(property_declaration) @typed
(assignment_expression) @typed
