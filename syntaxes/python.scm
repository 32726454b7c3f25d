; grammar: tree-sitter-python.wasm
; line-comment: #
; blocks: indentation
; opens: [:({[]$
; hidden-name: ^_(?!_)

; Places
(comment) @comment
(string) @string
(interpolation) @code
[
  (function_definition)
  (class_definition)
  (if_statement)
  (elif_clause)
  (else_clause)
  (for_statement)
  (while_statement)
  (with_statement)
  (try_statement)
  (except_clause)
  (finally_clause)
  (match_statement)
  (case_clause)
  (lambda)
] @scope

; Definitions
(function_definition name: (_) @name body: (_) @body) @definition.function
(class_definition name: (_) @name body: (_) @body) @definition.type
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
(import_from_statement module_name: (_) @path name: (dotted_name) @imported) @import
(import_from_statement module_name: (_) @path name: (aliased_import name: (dotted_name) @imported)) @import

; Types of variables
(typed_parameter (identifier) @bound type: (type) @type)
(typed_default_parameter name: (identifier) @bound type: (type) @type)
(assignment left: (identifier) @bound type: (type) @type)
(assignment left: (attribute attribute: (identifier) @bound) type: (type) @type)
(assignment left: (identifier) @bound right: (call function: [(identifier) (attribute)] @type))
(assignment left: (attribute attribute: (identifier) @bound) right: (call function: [(identifier) (attribute)] @type))

(class_definition name: (_) @heir superclasses: (argument_list [(identifier) (attribute)] @parent))
