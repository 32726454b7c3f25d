import { runHostSuiteOnDesktop } from '../test/support/hostSuite.ts';
import { buildExtension } from './packaging.ts';

// The host suite in a desktop VS Code: `npm run test:desktop [-- <version>]`, the newest stable one if no version is given.
await buildExtension();
await runHostSuiteOnDesktop(process.argv[2] ?? 'stable');
