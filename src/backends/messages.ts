import type { ChatMessage } from '../core/prompt.ts';

/** Turns as Chat Completions takes them: a turn with pictures is a list of parts. */
export function chatMessages(messages: readonly ChatMessage[]): readonly object[] {
  return messages.map(({ role, content, images = [] }) => {
    if (images.length === 0) return { role, content };
    const pictures = images.map((url) => ({ type: 'image_url', image_url: { url } }));
    return { role, content: [{ type: 'text', text: content }, ...pictures] };
  });
}

/** Turns as Ollama's own chat takes them: pictures beside the text, in base64 without the head of their URL. */
export function ollamaMessages(messages: readonly ChatMessage[]): readonly object[] {
  return messages.map(({ role, content, images = [] }) => {
    if (images.length === 0) return { role, content };
    return { role, content, images: images.map((url) => url.slice(url.indexOf(',') + 1)) };
  });
}
