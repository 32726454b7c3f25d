import { runModelServer } from '../test/support/modelServerMain.ts';

/** Runs the scripted model server until told to stop. */
export async function startScriptedModel(args: readonly string[], stop: Promise<void>): Promise<void> {
  const server = await runModelServer(args);
  await stop;
  await server.close();
}
