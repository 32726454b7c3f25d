import { type ModelServer, startModelServer } from './modelServer.ts';

/** Answers that show something wherever a person tries it by hand: code for completions, Markdown for explanations. */
export function sampleAnswer(prompt: string): string {
  if (/explain/i.test(prompt.slice(-4000))) {
    return 'The selection comes from **your editor**. The model server answers every question with this text:\n\n- it streams\n- it can be cancelled\n';
  }
  if (/\bdef \w+\(|\bimport \w+\n/.test(prompt))
    return 'result = [item for item in items if item is not None]';
  return 'const result = items.filter((item) => item !== undefined);';
}

/**
 * Runs a model server as a command until Ctrl+C: `--port N` (default 8155), `--first-token MS`, `--tokens-per-second N`.
 * Settles with the server once it listens; the caller decides when to close it.
 */
export async function runModelServer(args: readonly string[]): Promise<ModelServer> {
  const option = (name: string, otherwise: number): number => {
    const value = Number(args[args.indexOf(`--${name}`) + 1]);
    return args.includes(`--${name}`) && Number.isFinite(value) ? value : otherwise;
  };
  const server = await startModelServer(
    {
      text: sampleAnswer,
      firstTokenMs: option('first-token', 250),
      tokensPerSecond: option('tokens-per-second', 40),
    },
    { port: option('port', 8155), keep: 100 },
  );
  console.log(`Model server on ${server.origin}. To try it:
  "foretype.backend": "cloud", "foretype.cloud.endpoint": "${server.origin}/v1"   (any key will do)
  "foretype.backend": "local", "foretype.local.endpoint": "${server.origin}"
Change what it does:  curl -X POST ${server.origin}/script -d '{"fault":{"kind":"status","status":429,"retryAfter":"3"},"faultTimes":1}'
See what was asked:   curl ${server.origin}/requests
Ctrl+C ends it.`);
  return server;
}
