; grammar: tree-sitter-rust.wasm
; line-comment: //
; package-only: ^(?:pub\((?!crate)|(?:(?:async|const|unsafe|extern) )*(?:fn|struct|enum|union|trait|type|const|static|mod|macro_rules!)\b|[a-z_]\w*:)

; Places
(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(raw_string_literal) @string
(char_literal) @string
(function_item) @scope
(impl_item) @scope
(trait_item) @scope
(struct_item) @scope
(enum_item) @scope
(mod_item) @scope
(closure_expression) @scope
(block) @scope
(match_expression) @scope
(match_arm) @scope
(if_expression) @scope
(for_expression) @scope
(while_expression) @scope
(loop_expression) @scope

; Definitions
(function_item) @definition.function
(function_signature_item) @definition.function
(struct_item) @definition.type
(union_item) @definition.type
(enum_item) @definition.type
(trait_item) @definition.type
(type_item) @definition.type
(associated_type) @definition.type
(impl_item type: (type_identifier) @name) @definition.type
(impl_item type: (generic_type type: (type_identifier) @name)) @definition.type
(mod_item) @definition.module
(const_item) @definition.constant
(static_item) @definition.constant
(enum_variant) @definition.constant
(field_declaration) @definition.field
(macro_definition) @definition.function

; Imports
(use_declaration argument: (_) @path) @import
(mod_item name: (_) @path !body) @import

; Types of variables
(parameter) @typed
(let_declaration) @typed
(field_declaration) @typed
