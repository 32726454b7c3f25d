import { activationTests } from './activation.ts';
import { completionTests } from './completion.ts';
import { runHostTests } from './hostTest.ts';

/** Called by VS Code inside the extension host, on the desktop and in the browser alike. */
export function run(): Promise<void> {
  return runHostTests([...activationTests, ...completionTests]);
}
