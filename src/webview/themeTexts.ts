import { readable } from './contrast.ts';

const paper = '--vscode-editor-background';

/** The colours of the theme in which the pages write, each with what it stands on, the topmost first. */
const texts: readonly (readonly [name: string, ...grounds: readonly string[]])[] = [
  ['--vscode-foreground', '--vscode-textBlockQuote-background', paper],
  ['--vscode-editor-foreground', paper],
  ['--vscode-descriptionForeground', paper],
  ['--vscode-textLink-foreground', paper],
  ['--vscode-textLink-activeForeground', paper],
  ['--vscode-textPreformat-foreground', '--vscode-textPreformat-background', paper],
  ['--vscode-input-foreground', '--vscode-input-background', paper],
  ['--vscode-input-placeholderForeground', '--vscode-input-background', paper],
  ['--vscode-button-foreground', '--vscode-button-background', paper],
  ['--vscode-button-secondaryForeground', '--vscode-button-secondaryBackground', paper],
];

/** Replaces, for the whole page, colours of the theme in which a text could not be read where it stands. */
export function mendTexts(body: HTMLElement): void {
  for (const [name] of texts) body.style.removeProperty(name);
  const shown = getComputedStyle(body);
  for (const [name, ...grounds] of texts) {
    const color = shown.getPropertyValue(name).trim();
    const mended = readable(color, ...grounds.map((ground) => shown.getPropertyValue(ground).trim()));
    if (mended !== color) body.style.setProperty(name, mended);
  }
}
