/** Makes an element. Attributes with the value `undefined` are left out; children given as text stay text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | undefined>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** Makes a button that calls `press`. */
export function button(
  label: string,
  attributes: Readonly<Record<string, string | undefined>>,
  press: () => void,
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label);
  made.addEventListener('click', press);
  return made;
}

/** The words that the host has put into the page, by name; a name without words is shown itself, which a test would see. */
export function wordsOf(body: HTMLElement): (name: string, ...values: readonly string[]) => string {
  const parsed: unknown = JSON.parse(body.dataset['words'] ?? '{}');
  const words = new Map(Object.entries(parsed ?? {}));
  return (name, ...values) => {
    const word: unknown = words.get(name);
    return (typeof word === 'string' ? word : name).replace(
      /\{(\d)\}/g,
      (_, index) => values[Number(index)] ?? '',
    );
  };
}
