import type { TestProject } from 'vitest/node';
import { packagedExtension } from '../../scripts/packaging.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the packaged extension. */
    vsix: string;
  }
}

/** Packages the extension once for all files of tests. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('vsix', await packagedExtension());
}
