; grammar: tree-sitter-ruby.wasm
; line-comment: #
; opens: (?:\b(?:do|then|else|begin|ensure)|\|[^|]*\||[{([])$|^(?:def|class|module|if|unless|while|until|case|when|for|elsif)\b[^;]*$

; Places
(comment) @comment
(string) @string
(heredoc_body) @string
(regex) @string
(interpolation) @code
(module) @scope
(class) @scope
(singleton_class) @scope
(method) @scope
(singleton_method) @scope
(do_block) @scope
(block) @scope
(lambda) @scope
(if) @scope
(unless) @scope
(while) @scope
(case) @scope
(when) @scope
(begin) @scope

; Definitions
(module) @definition.type
(class) @definition.type
(method) @definition.method
(singleton_method) @definition.method
(assignment left: (constant) @name) @definition.constant
(assignment left: (instance_variable) @name) @definition.field
(call method: (identifier) @_attr arguments: (argument_list (simple_symbol) @name @definition.field)
  (#any-of? @_attr "attr_reader" "attr_accessor" "attr_writer"))

; Imports
(call method: (identifier) @_require arguments: (argument_list (string (string_content) @path))
  (#any-of? @_require "require" "require_relative")) @import
(class name: (_) @heir superclass: (superclass (_) @parent))

; Types of variables
(assignment) @typed
