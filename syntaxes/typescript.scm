; grammar: tree-sitter-typescript.wasm
; inherits: ecmascript

[
  (interface_declaration)
  (enum_declaration)
  (internal_module)
  (module)
  (abstract_class_declaration)
  (type_alias_declaration)
] @scope

(abstract_class_declaration name: (_) @name body: (_) @body) @definition.type
(interface_declaration name: (_) @name body: (_) @body) @definition.type
(enum_declaration name: (_) @name body: (_) @body) @definition.type
(type_alias_declaration name: (_) @name value: (object_type) @body) @definition.type
(type_alias_declaration name: (_) @name) @definition.type
(internal_module name: (_) @name body: (_) @body) @definition.module
(module name: (_) @name body: (_) @body) @definition.module
(function_signature name: (_) @name) @definition.function
(method_signature name: (_) @name) @definition.method
(abstract_method_signature name: (_) @name) @definition.method
(property_signature name: (_) @name) @definition.field
(public_field_definition name: (_) @name value: (arrow_function body: (_) @body)) @definition.method
(public_field_definition name: (_) @name value: (_) @body) @definition.field
(public_field_definition name: (_) @name) @definition.field
(enum_body name: (_) @name @definition.constant)
(enum_assignment name: (_) @name value: (_) @body) @definition.constant
(required_parameter (accessibility_modifier) pattern: (identifier) @name) @definition.field

(variable_declarator name: (identifier) @bound type: (type_annotation (_) @type))
(required_parameter pattern: (identifier) @bound type: (type_annotation (_) @type))
(optional_parameter pattern: (identifier) @bound type: (type_annotation (_) @type))
(public_field_definition name: (_) @bound type: (type_annotation (_) @type))
(public_field_definition name: (_) @bound value: (new_expression constructor: (_) @type))
(property_signature name: (_) @bound type: (type_annotation (_) @type))
(variable_declarator name: (identifier) @bound value: (as_expression (_) (type_identifier) @type))

(class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @parent)))
(class_declaration name: (_) @heir (class_heritage (implements_clause (_) @parent)))
(abstract_class_declaration name: (_) @heir (class_heritage (extends_clause value: (_) @parent)))
(interface_declaration name: (_) @heir (extends_type_clause (_) @parent))
