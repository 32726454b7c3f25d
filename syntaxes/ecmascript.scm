; What JavaScript and TypeScript have in common; no language of its own, so it names no grammar.
; line-comment: //
; hidden: ^(?:(?:static|readonly|async|override|declare)\s)*private\b
; hidden-name: ^#

; Places
(comment) @comment
(string) @string
(template_string) @string
(regex) @string
(template_substitution) @code
[
  (function_declaration)
  (generator_function_declaration)
  (function_expression)
  (arrow_function)
  (method_definition)
  (class_declaration)
  (class)
  (statement_block)
  (object)
  (switch_statement)
  (if_statement)
  (for_statement)
  (for_in_statement)
  (while_statement)
] @scope

; Definitions
(function_declaration name: (_) @name body: (_) @body) @definition.function
(generator_function_declaration name: (_) @name body: (_) @body) @definition.function
(class_declaration name: (_) @name body: (_) @body) @definition.type
(method_definition name: (_) @name body: (_) @body) @definition.method
(variable_declarator name: (identifier) @name value: (arrow_function body: (_) @body)) @definition.function
(variable_declarator name: (identifier) @name value: (function_expression body: (_) @body)) @definition.function
(variable_declarator name: (identifier) @name value: (class body: (_) @body)) @definition.type
(variable_declarator name: (identifier) @name value: (object) @body) @definition.constant
(variable_declarator name: (identifier) @name) @definition.constant
(variable_declarator name: (object_pattern (shorthand_property_identifier_pattern) @name @definition.constant))
(assignment_expression
  left: (member_expression property: (property_identifier) @name)
  right: [(function_expression body: (_) @body) (arrow_function body: (_) @body)]) @definition.method
(assignment_expression
  left: (member_expression property: (property_identifier) @name) right: (object) @body) @definition.constant
(assignment_expression
  left: (member_expression object: (this) property: [(property_identifier) (private_property_identifier)] @name) right: (_) @body) @definition.field
(assignment_expression
  left: (member_expression object: [(identifier) (member_expression)] property: (property_identifier) @name) right: (_) @body) @definition.constant
(pair key: (property_identifier) @name value: [(function_expression body: (_) @body) (arrow_function body: (_) @body)]) @definition.method
(pair key: (property_identifier) @name value: (object) @body) @definition.constant
(pair key: (property_identifier) @name value: (_) @body) @definition.field

; Imports
(import_statement source: (string) @path) @import
(import_statement (import_clause (named_imports (import_specifier name: (_) @imported)))) @import
(import_statement (import_clause (identifier) @imported)) @import
(export_statement source: (string) @path) @import
(export_statement (export_clause (export_specifier name: (_) @imported)) source: (string)) @import
(variable_declarator
  name: (object_pattern [(shorthand_property_identifier_pattern) @imported (pair_pattern key: (_) @imported)])
  value: (call_expression function: (identifier) @_require arguments: (arguments (string) @path))
  (#eq? @_require "require")) @import
(call_expression function: (identifier) @_require arguments: (arguments . (string) @path)
  (#eq? @_require "require")) @import
(call_expression function: (import) arguments: (arguments . (string) @path)) @import

; Types of variables
(variable_declarator name: (identifier) @bound value: (new_expression constructor: (_) @type))
(variable_declarator name: (identifier) @bound value: (await_expression (new_expression constructor: (_) @type)))
(assignment_expression left: (member_expression property: (_) @bound) right: (new_expression constructor: (_) @type))
