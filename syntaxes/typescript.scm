; grammar: tree-sitter-typescript.wasm
; inherits: ecmascript

(interface_declaration) @scope
(enum_declaration) @scope
(internal_module) @scope
(module) @scope
(abstract_class_declaration) @scope
(type_alias_declaration) @scope

(abstract_class_declaration) @definition.type
(interface_declaration) @definition.type
(enum_declaration) @definition.type
(type_alias_declaration) @definition.type
(internal_module) @definition.module
(module) @definition.module
(function_signature) @definition.function
(method_signature) @definition.method
(abstract_method_signature) @definition.method
(property_signature) @definition.field
(public_field_definition value: (arrow_function)) @definition.method
(public_field_definition) @definition.field
(enum_body name: (_) @name @definition.constant)
(enum_assignment) @definition.constant
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @definition.field
(required_parameter "readonly" pattern: (identifier) @name) @definition.field

(class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @parent)))
(class_declaration name: (_) @heir (class_heritage (implements_clause (type_identifier) @parent)))
(abstract_class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @parent)))
(interface_declaration name: (_) @heir (extends_type_clause (_) @parent))

(required_parameter) @typed
(optional_parameter) @typed
(public_field_definition) @typed
(property_signature) @typed
