/** Translates a message and fills in `{0}`, `{1}`, … — the form of `vscode.l10n.t`, so that pure functions can be tested without the editor. */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string;

/** No translation: the words as they stand in the code. */
export const english: Translate = (message, ...values) =>
  message.replace(/\{(\d+)\}/g, (_, index) => String(values[Number(index)] ?? ''));
