; grammar: tree-sitter-lua.wasm
; line-comment: --
; file-only: ^local\b
; opens: (?:\b(?:do|then|else|repeat)|\bfunction\b[^)]*\)|[{(])$

; Places
(comment) @comment
(string) @string
(function_declaration) @scope
(function_definition) @scope
(table_constructor) @scope
(if_statement) @scope
(for_statement) @scope
(while_statement) @scope
(repeat_statement) @scope
(do_statement) @scope

; Definitions
(function_declaration name: (identifier) @name) @definition.function
(function_declaration name: (dot_index_expression field: (_) @name)) @definition.function
(function_declaration name: (method_index_expression method: (_) @name)) @definition.method
(assignment_statement (variable_list name: (dot_index_expression field: (_) @name)) (expression_list) @body) @definition.field
(assignment_statement (variable_list name: (identifier) @name)) @definition.constant
(field name: (identifier) @name) @definition.field

; Imports
(function_call name: (identifier) @_require arguments: (arguments (string content: (_) @path))
  (#eq? @_require "require")) @import
