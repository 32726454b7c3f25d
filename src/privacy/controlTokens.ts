import type { Finding } from './finding.ts';

/**
 * Marks that model families give a meaning of their own (ChatML, Llama, StarCoder, CodeLlama, DeepSeek, Qwen, Mistral): servers that put
 * prompts together turn them into control tokens wherever they stand, so that a file could end its own text and speak as someone else.
 */
const marks =
  /<([|｜][A-Za-z][^<>|｜\s]{1,40}[|｜])>|<(fim[-_](?:prefix|suffix|middle|pad)|SUF|MID|EOT|end_of_turn|start_of_turn)>|\[(\/?INST|PREFIX|SUFFIX|MIDDLE|\/?AVAILABLE_TOOLS|TOOL_CALLS)\]|<<(\/?SYS)>>/g;

/** Control tokens in text that is meant as data. The placeholders that take their place have their form and no meaning. */
export function findControlTokens(text: string): Finding[] {
  return [...text.matchAll(marks)].map((match) => {
    const inner = match.slice(1).find((group) => group !== undefined) ?? '';
    const start = match.index + match[0].indexOf(inner);
    return { start, end: start + inner.length, kind: 'control token of a model' };
  });
}
