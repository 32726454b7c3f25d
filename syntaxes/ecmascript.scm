; What JavaScript and TypeScript have in common; no language of its own, so it names no grammar.
; line-comment: //
; file-only: ^(?:(?:static|readonly|async|override|declare)\s)*private\b
; file-only-name: ^#

; Places
(comment) @comment
(string) @string
(template_string) @string
(regex) @string
(template_substitution) @code
(function_declaration) @scope
(generator_function_declaration) @scope
(function_expression) @scope
(arrow_function) @scope
(method_definition) @scope
(class_declaration) @scope
(class) @scope
(statement_block) @scope
(object) @scope
(switch_statement) @scope
(if_statement) @scope
(for_statement) @scope
(for_in_statement) @scope
(while_statement) @scope

; Definitions: the name and the body are the fields of that name unless captured
(function_declaration) @definition.function
(generator_function_declaration) @definition.function
(class_declaration) @definition.type
(method_definition) @definition.method
(variable_declarator name: (identifier) @name value: [(arrow_function) (function_expression)]) @definition.function
(variable_declarator name: (identifier) @name value: (class)) @definition.type
(variable_declarator name: (identifier) @name) @definition.constant
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @name @definition.constant))
(pair key: (property_identifier) @name value: [(arrow_function) (function_expression)]) @definition.method
(pair key: (property_identifier) @name value: (object)) @definition.constant
(pair key: (property_identifier) @name @definition.field)

; Imports
(import_statement source: (string) @path) @import
(import_specifier name: (_) @imported)
(import_clause (identifier) @imported)
(export_statement source: (string) @path) @import
(export_specifier name: (_) @imported)
(variable_declarator name: (object_pattern) @taken
  value: (call_expression function: (identifier) @_require arguments: (arguments (string) @path))
  (#eq? @_require "require")) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string) @path)
  (#eq? @_require "require")) @import
(call_expression function: (import) arguments: (arguments . (string) @path)) @import

; Types of variables
(variable_declarator name: (identifier)) @typed
