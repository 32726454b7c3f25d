; grammar: tree-sitter-c.wasm
; line-comment: //
; file-only: ^(?:inline )*static\b

; Places
(comment) @comment
(string_literal) @string
(char_literal) @string
(system_lib_string) @string
(function_definition) @scope
(compound_statement) @scope
(struct_specifier) @scope
(enum_specifier) @scope
(union_specifier) @scope
(initializer_list) @scope
(if_statement) @scope
(for_statement) @scope
(while_statement) @scope
(switch_statement) @scope

; Definitions: a captured declarator is followed down to its name
(function_definition declarator: (_) @declarator) @definition.function
(declaration declarator: (function_declarator) @declarator) @definition.function
(declaration declarator: (pointer_declarator declarator: (function_declarator)) @declarator) @definition.function
(declaration declarator: (_) @declarator) @definition.constant
(struct_specifier name: (_) body: (_)) @definition.type
(union_specifier name: (_) body: (_)) @definition.type
(enum_specifier name: (_) body: (_)) @definition.type
(type_definition type: (_ body: (_) @body) declarator: (_) @declarator) @definition.type
(type_definition declarator: (_) @declarator) @definition.type
(enumerator) @definition.constant
(field_declaration declarator: (_) @declarator) @definition.field
(preproc_def) @definition.constant
(preproc_function_def) @definition.function

; Imports
(preproc_include path: (_) @path) @import

; Types of variables
(parameter_declaration) @typed
(declaration) @typed
(field_declaration) @typed
