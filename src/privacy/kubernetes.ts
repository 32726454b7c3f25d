import type { Finding } from './finding.ts';

/** The values of a Kubernetes secret, whatever their names: base64 under `data`, text under `stringData`. */
export function findInKubernetesSecrets(text: string): Finding[] {
  if (!/\bkind['"]?:\s*['"]?(?:Sealed)?Secret\b/.test(text)) return [];
  const found: Finding[] = [];
  for (const block of text.matchAll(
    /^([ \t]*)(?:data|stringData|encryptedData):[ \t]*\r?\n((?:\1[ \t]+.*(?:\r?\n|$)|[ \t]*\r?\n)+)/gm,
  )) {
    const lines = block[2] ?? '';
    const offset = block.index + block[0].length - lines.length;
    for (const value of lines.matchAll(/^[ \t]+[\w.-]+:[ \t]+["']?([^\s"'|>{$][^\s"']{3,})/gm)) {
      const secret = value[1] ?? '';
      const start = offset + value.index + value[0].length - secret.length;
      found.push({ start, end: start + secret.length, kind: 'Kubernetes secret' });
    }
  }
  return found;
}
