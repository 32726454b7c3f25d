; grammar: tree-sitter-scala.wasm
; line-comment: //
; file-only: ^(?:\w+ )*private\b

; Places
(comment) @comment
(block_comment) @comment
(string) @string
(interpolated_string) @string
(character_literal) @string
(interpolation) @code
(class_definition) @scope
(object_definition) @scope
(trait_definition) @scope
(enum_definition) @scope
(function_definition) @scope
(lambda_expression) @scope
(template_body) @scope
(block) @scope
(if_expression) @scope
(match_expression) @scope
(case_clause) @scope
(for_expression) @scope
(while_expression) @scope
(try_expression) @scope

; Definitions
(class_definition) @definition.type
(object_definition) @definition.type
(trait_definition) @definition.type
(enum_definition) @definition.type
(type_definition) @definition.type
(function_definition) @definition.function
(function_declaration) @definition.function
(val_definition pattern: (identifier) @name) @definition.constant
(var_definition pattern: (identifier) @name) @definition.constant
(val_declaration name: (identifier) @name) @definition.constant
(class_parameter) @definition.field
(simple_enum_case) @definition.constant
(full_enum_case) @definition.constant

; Imports
(import_declaration) @import @path
(package_clause name: (_) @package)
(class_definition name: (_) @heir (extends_clause type: (_) @parent))
(object_definition name: (_) @heir (extends_clause type: (_) @parent))
(trait_definition name: (_) @heir (extends_clause type: (_) @parent))

; Types of variables
(parameter) @typed
(class_parameter) @typed
(val_definition) @typed
(var_definition) @typed
