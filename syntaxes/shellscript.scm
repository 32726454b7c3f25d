; grammar: tree-sitter-bash.wasm
; line-comment: #
; opens: (?:\b(?:do|then|else)|[{(])$

; Places
(comment) @comment
(string) @string
(raw_string) @string
(heredoc_body) @string
(command_substitution) @code
(function_definition) @scope
(compound_statement) @scope
(if_statement) @scope
(for_statement) @scope
(while_statement) @scope
(case_statement) @scope
(case_item) @scope

; Definitions
(function_definition) @definition.function
(variable_assignment name: (variable_name) @name) @definition.constant

; Imports
(command name: (command_name) @_source argument: (_) @path (#any-of? @_source "source" ".")) @import
