/** A member of a value that may be an object. */
export function field(value: unknown, name: string): unknown {
  return record(value)[name];
}

/** The value as an object; an empty one if it is none. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The value as a list; empty if it is none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The value as text: content parts are joined, anything else is empty. */
export function string(value: unknown): string {
  if (typeof value === 'string') return value;
  return list(value)
    .map((part) => string(field(part, 'text')))
    .join('');
}

/** The value as a number, if it is one. */
export function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
