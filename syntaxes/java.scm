; grammar: tree-sitter-java.wasm
; line-comment: //
; file-only: ^(?:@\w+(?:\([^)]*\))? )*(?:(?:static|final) )*private\b

; Places
(line_comment) @comment
(block_comment) @comment
(string_literal) @string
(character_literal) @string
(class_declaration) @scope
(interface_declaration) @scope
(enum_declaration) @scope
(record_declaration) @scope
(annotation_type_declaration) @scope
(method_declaration) @scope
(constructor_declaration) @scope
(compact_constructor_declaration) @scope
(lambda_expression) @scope
(block) @scope
(class_body) @scope
(if_statement) @scope
(for_statement) @scope
(enhanced_for_statement) @scope
(while_statement) @scope
(try_statement) @scope
(switch_expression) @scope

; Definitions
(class_declaration) @definition.type
(interface_declaration) @definition.type
(enum_declaration) @definition.type
(record_declaration) @definition.type
(annotation_type_declaration) @definition.type
(method_declaration) @definition.method
(constructor_declaration) @definition.method
(annotation_type_element_declaration) @definition.method
(field_declaration declarator: (variable_declarator name: (_) @name)) @definition.field
(constant_declaration declarator: (variable_declarator name: (_) @name)) @definition.field
(enum_constant) @definition.constant
(record_declaration parameters: (formal_parameters (formal_parameter name: (_) @name) @definition.field))

; Imports
(import_declaration [(scoped_identifier) (identifier)] @path) @import
(package_declaration [(scoped_identifier) (identifier)] @package)
(class_declaration name: (_) @heir superclass: (superclass (_) @parent))
(class_declaration name: (_) @heir interfaces: (super_interfaces (type_list (_) @parent)))
(interface_declaration name: (_) @heir (extends_interfaces (type_list (_) @parent)))

; Types of variables
(formal_parameter) @typed
(local_variable_declaration) @typed
(field_declaration) @typed
