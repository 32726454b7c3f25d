; grammar: tree-sitter-python.wasm
; line-comment: #
; blocks: indentation
; opens: [:({[]$
; package-only-name: ^_(?!_)

; Places
(comment) @comment
(string) @string
(interpolation) @code
(function_definition) @scope
(class_definition) @scope
(if_statement) @scope
(elif_clause) @scope
(else_clause) @scope
(for_statement) @scope
(while_statement) @scope
(with_statement) @scope
(try_statement) @scope
(except_clause) @scope
(finally_clause) @scope
(match_statement) @scope
(case_clause) @scope
(lambda) @scope

; Definitions
(function_definition) @definition.function
(class_definition) @definition.type
(module (expression_statement (assignment left: (identifier) @name) @definition.constant))
(module (if_statement consequence: (block (expression_statement (assignment left: (identifier) @name) @definition.constant))))
(module (try_statement body: (block (expression_statement (assignment left: (identifier) @name) @definition.constant))))
(class_definition body: (block (expression_statement (assignment left: (identifier) @name) @definition.field)))
(assignment
  left: (attribute object: (identifier) @_self attribute: (identifier) @name) right: (_) @body
  (#any-of? @_self "self" "cls")) @definition.field
(type_alias_statement left: (type (identifier) @name)) @definition.type

; Imports
(import_statement name: (dotted_name) @path) @import
(import_statement name: (aliased_import name: (dotted_name) @path)) @import
(import_from_statement module_name: (_) @path) @import
(import_from_statement name: (dotted_name) @imported)
(import_from_statement name: (aliased_import name: (dotted_name) @imported))

(class_definition name: (_) @heir superclasses: (argument_list [(identifier) (attribute)] @parent))

; Types of variables
(typed_parameter) @typed
(typed_default_parameter) @typed
(assignment) @typed
