import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from './builtinPackages.ts';

/**
 * Packages that ship sources as people wrote them, in TypeScript, Python, Java and C; no package of the registry was found with enough
 * Go. The filters were tuned on other code; `final` packages were not looked at.
 */
const materials = [
  { name: 'rxjs', version: '7.8.2', folder: 'src', final: false },
  { name: 'cordova-android', version: '15.1.0', folder: 'framework', final: false },
  { name: 'usb', version: '2.14.0', folder: 'libusb', final: false },
  { name: '@tanstack/query-core', version: '5.108.0', folder: 'src', final: true },
  { name: 'node-gyp', version: '13.1.0', folder: 'gyp', final: true },
  { name: '@capacitor/android', version: '8.5.2', folder: 'capacitor', final: true },
  { name: 'libxmljs2', version: '0.37.0', folder: 'vendor/libxml', final: true },
] as const;

/** Fetches the packages into `.bench/` of the checkout, once; the folders of their sources. */
export function packageFolders(root: string, final: boolean): string[] {
  const cache = join(root, '.bench', 'clean');
  mkdirSync(cache, { recursive: true });
  return materials
    .filter((material) => material.final === final)
    .map(({ name, version, folder }) => {
      const at = join(cache, `${name.replaceAll('/', '-')}-${version}`);
      if (!existsSync(at)) unpack(`${name}@${version}`, cache, at);
      return join(at, folder);
    });
}
