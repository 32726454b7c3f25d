import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { unpack } from './builtinPackages.ts';
import { type Repository, readRepository } from './contextCases.ts';

/** A package that ships sources as people wrote them. None was looked at while the ranking was made; `final` ones not even for figures. */
interface Material {
  readonly name: string;
  readonly version: string;
  /** The folder of the sources. */
  readonly folder: string;
  readonly languageId: string;
  readonly final: boolean;
}

const materials: readonly Material[] = [
  { name: 'rxjs', version: '7.8.2', folder: 'src', languageId: 'typescript', final: false },
  { name: '@tanstack/query-core', version: '5.108.0', folder: 'src', languageId: 'typescript', final: true },
  { name: 'sequelize', version: '6.37.8', folder: 'lib', languageId: 'javascript', final: false },
  { name: 'webpack', version: '5.101.0', folder: 'lib', languageId: 'javascript', final: true },
  { name: 'node-gyp', version: '13.1.0', folder: 'gyp', languageId: 'python', final: true },
  {
    name: 'uniffi-bindgen-react-native',
    version: '0.31.0-5',
    folder: 'crates',
    languageId: 'rust',
    final: true,
  },
  { name: 'cordova-android', version: '15.1.0', folder: 'framework', languageId: 'java', final: false },
  { name: '@capacitor/android', version: '8.5.2', folder: 'capacitor', languageId: 'java', final: true },
  { name: 'usb', version: '2.14.0', folder: 'libusb', languageId: 'c', final: false },
  { name: 'libxmljs2', version: '0.37.0', folder: 'vendor/libxml', languageId: 'c', final: true },
];

/** Fetches the packages into `.bench/` of the checkout, once, and reads them. */
export function packageRepositories(root: string, final: boolean): Repository[] {
  const cache = join(root, '.bench', 'context');
  mkdirSync(cache, { recursive: true });
  return materials
    .filter((material) => material.final === final)
    .map(({ name, version, folder, languageId }) => {
      const at = join(cache, `${name.replaceAll('/', '-')}-${version}`);
      if (!existsSync(at)) unpack(`${name}@${version}`, cache, at);
      return readRepository(name, join(at, folder), languageId);
    });
}
