import type { ServerResponse } from 'node:http';
import { field, string } from './modelServerJson.ts';
import type { Script } from './modelServerScript.ts';
import { tokensReply } from './modelServerTokens.ts';

/** Answers the requests that say what a server is and has: models, versions, health, properties. 404 for any other path. */
export function listReply(
  script: Script,
  method: string,
  path: string,
  body: unknown,
  response: ServerResponse,
): void {
  const send = (value: unknown, status = 200): void => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const models = script.models.length > 0 ? script.models : ['test-model'];
  const counted = tokensReply(script, method, path, body);
  if (counted !== undefined) send(counted.value, counted.status);
  else if (
    /\/models$/.test(path) &&
    (script.serve.includes('chat') || script.serve.includes('completions'))
  ) {
    const data = models.map((id) => ({ id, object: 'model', created: 1, owned_by: script.owner }));
    send({ object: 'list', data });
  } else if (path === '/api/tags' && script.owner === 'llamacpp') {
    // llama.cpp answers some of Ollama's questions.
    const data = models.map((id) => ({ id, object: 'model', created: 1, owned_by: script.owner }));
    send({ models: models.map((name) => ({ name, model: name })), object: 'list', data });
  } else if (path.startsWith('/api/') && script.serve.includes('ollama')) {
    if (path === '/api/pull' && method === 'POST') void pull(body, response);
    else ollama(script, path, models, body, send);
  } else if (path === '/health' && script.serve.includes('llama')) {
    send({ status: 'ok' });
  } else if (path === '/props' && script.serve.includes('llama')) {
    send({
      default_generation_settings: { n_ctx: 8192 },
      total_slots: 1,
      model_path: `/models/${models[0]}`,
      chat_template: '{{ messages }}',
      build_info: 'b9000-test',
    });
  } else if (path === '/') {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(script.serve.includes('ollama') ? 'Ollama is running' : 'model server');
  } else {
    send({ error: { message: `Not Found: ${path}`, type: 'invalid_request_error', code: null } }, 404);
  }
}

function ollama(
  script: Script,
  path: string,
  models: readonly string[],
  body: unknown,
  send: (value: unknown, status?: number) => void,
): void {
  if (path === '/api/version') send({ version: '0.20.0' });
  else if (path === '/api/tags') {
    const details = { family: 'qwen2', parameter_size: '1.5B', quantization_level: 'Q4_K_M' };
    const digest = '0123456789abcdef'.repeat(4);
    send({ models: models.map((name) => ({ name, model: name, size: 986_000_000, digest, details })) });
  } else if (path === '/api/ps') send({ models: [] });
  else if (path === '/api/show') {
    const model = string(field(body, 'model')) || string(field(body, 'name'));
    if (!models.includes(model)) send({ error: `model '${model}' not found` }, 404);
    else {
      const template = script.fill ? '{{ .Prompt }}<|fim_suffix|>{{ .Suffix }}' : '{{ .Prompt }}';
      send({ template, capabilities: script.fill ? ['completion', 'insert'] : ['completion'] });
    }
  } else send({ error: 'not found' }, 404);
}

/** Progress as Ollama sends it; a name with `missing` in it ends with an error line. */
async function pull(body: unknown, response: ServerResponse): Promise<void> {
  const model = string(field(body, 'model')) || string(field(body, 'name'));
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  const line = (value: object): Promise<void> =>
    new Promise((resolve) => {
      if (response.destroyed) resolve();
      else response.write(`${JSON.stringify(value)}\n`, () => setTimeout(resolve, 5));
    });
  await line({ status: 'pulling manifest' });
  if (model.includes('missing')) await line({ error: 'pull model manifest: file does not exist' });
  else {
    const total = 1_000_000;
    for (let completed = 0; completed <= total && !response.destroyed; completed += total / 10) {
      await line({ status: 'pulling 74701a8c35f6', digest: 'sha256:74701a8c35f6', total, completed });
    }
    await line({ status: 'verifying sha256 digest' });
    await line({ status: 'success' });
  }
  response.end();
}
