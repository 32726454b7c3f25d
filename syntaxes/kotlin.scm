; grammar: tree-sitter-kotlin.wasm
; line-comment: //
; file-only: ^(?:\w+ )*private\b

; Places
(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(multiline_string_literal) @string
(character_literal) @string
(interpolation) @code
(class_declaration) @scope
(object_declaration) @scope
(companion_object) @scope
(function_declaration) @scope
(secondary_constructor) @scope
(lambda_literal) @scope
(class_body) @scope
(block) @scope
(if_expression) @scope
(when_expression) @scope
(for_statement) @scope
(while_statement) @scope
(try_expression) @scope

; Definitions
(class_declaration [(class_body) (enum_class_body)] @body) @definition.type
(class_declaration) @definition.type
(object_declaration (class_body) @body) @definition.type
(type_alias type: (identifier) @name) @definition.type
(function_declaration (function_body) @body) @definition.function
(function_declaration) @definition.function
(property_declaration (variable_declaration (identifier) @name)) @definition.constant
(class_parameter (identifier) @name) @definition.field
(enum_entry (identifier) @name) @definition.constant

; Imports
(import (qualified_identifier) @path) @import
(package_header (qualified_identifier) @package)
(class_declaration name: (_) @heir (delegation_specifiers (delegation_specifier [(user_type) (constructor_invocation)] @parent)))

; Types of variables
(parameter) @typed
(class_parameter) @typed
(property_declaration) @typed
