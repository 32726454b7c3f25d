import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import type { Block } from './blocks.ts';
import { highlighted } from './highlight.ts';

/** Elements that an explanation needs. Nothing that loads, runs, submits or navigates. */
const allowedTags = [
  ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'strong', 'em', 'del'],
  ...['pre', 'code', 'span', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];

/**
 * Markup in the answer is shown as text; headings start below the page's own; links and pictures become text with their
 * address, so that nothing a model writes can be clicked or loaded.
 */
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text, href }) => escaped(`${text} (${href})`),
    link({ tokens, href }) {
      const text = this.parser.parseInline(tokens);
      return text === escaped(href) || `mailto:${text}` === href ? text : `${text} (${escaped(href)})`;
    },
    checkbox: ({ checked }) => `<span class="check">${checked ? '☑' : '☐'}</span> `,
    heading({ tokens, depth }) {
      const level = Math.min(6, depth + 2);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
    },
    code({ text, lang }) {
      const language = /^[\w+#-]{1,30}/.exec(lang ?? '')?.[0]?.toLowerCase() ?? '';
      return `<pre><code>${highlighted(text, language) ?? escaped(text)}</code></pre>`;
    },
  },
});

/** Renders a block of hostile Markdown into harmless nodes. Never throws: what cannot be rendered is shown as it is. */
export function rendered(block: Block): DocumentFragment {
  if (block.plain) return plain(block.text);
  try {
    return DOMPurify.sanitize(marked.parse(block.text, { async: false }), {
      ALLOWED_TAGS: allowedTags,
      ALLOWED_ATTR: ['class', 'start'],
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    });
  } catch {
    // Nesting thousands deep exhausts the stack of the parser: such a text is no explanation, and its words are kept.
    return plain(block.text);
  }
}

function plain(text: string): DocumentFragment {
  const paragraph = document.createElement('p');
  paragraph.className = 'plain';
  paragraph.textContent = text;
  const fragment = document.createDocumentFragment();
  fragment.append(paragraph);
  return fragment;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
