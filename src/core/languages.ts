/** Language identifiers of VS Code by the ending of a file's name, for files that no editor has opened. */
const byEnding: Readonly<Record<string, string>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
  pyi: 'python',
  go: 'go',
  rs: 'rust',
  java: 'java',
  kt: 'kotlin',
  kts: 'kotlin',
  scala: 'scala',
  sc: 'scala',
  c: 'c',
  h: 'c',
  cc: 'cpp',
  cpp: 'cpp',
  cxx: 'cpp',
  hh: 'cpp',
  hpp: 'cpp',
  hxx: 'cpp',
  cs: 'csharp',
  rb: 'ruby',
  php: 'php',
  lua: 'lua',
  sh: 'shellscript',
  bash: 'shellscript',
};

/** The language of a file by its name; undefined where the ending tells nothing. */
export function languageOf(path: string): string | undefined {
  return byEnding[path.slice(path.lastIndexOf('.') + 1).toLowerCase()];
}
