import type { Finding } from './finding.ts';

/** Options that the rules leave off by default: for redaction a false alarm costs nothing, so all are on. */
const ruleOptions: Readonly<Record<string, object>> = {
  '@secretlint/secretlint-rule-aws': { enableIDScanRule: true },
};

/** Rules that report a whole URL, where `urls.ts` hides the password alone and leaves the host for the model to see. */
const coarse = /basicauth|database-connection-string/;

/** The rules report offsets: none asks for lines and columns. */
const noLines = {
  locationToRange: (): never => unanswered(),
  rangeToLocation: (): never => unanswered(),
  positionToIndex: (): never => unanswered(),
  indexToPosition: (): never => unanswered(),
};

function unanswered(): never {
  throw new Error('A rule asked for lines and columns.');
}

/** Finds secrets in a text. */
export type FindSecrets = (text: string) => Finding[];

/**
 * Loads secretlint's recommended rules (65 kB, so not at activation). They are called without secretlint's own engine, which is asynchronous
 * and keeps listeners per call; a rule only needs a context to report to. Their filter by comments is left out: a stranger's
 * comment must not switch redaction off.
 */
export async function loadMaintainedRules(): Promise<FindSecrets> {
  const { rules } = await import('@secretlint/secretlint-rule-preset-recommend');
  const scanners = rules.filter(({ meta }) => meta.type === 'scanner' && !coarse.test(meta.id));
  return (text) => {
    const found: Finding[] = [];
    const source = sourceOf(text);
    for (const rule of scanners) {
      const kind = rule.meta.id.replace(/^.*secretlint-rule-/, '');
      const context = {
        sharedOptions: {},
        createTranslator: () => (id: unknown) => ({
          messageId: String(id),
          message: String(id),
          data: undefined,
        }),
        report: ({ range: [start, end] }: { range: readonly [number, number] }) => {
          if (end > start) found.push({ start, end, kind });
        },
        ignore: () => undefined,
      };
      rule.create(context, ruleOptions[rule.meta.id] ?? {}).file?.(source);
    }
    return found;
  };
}

function sourceOf(content: string) {
  return {
    content,
    hasBOM: false,
    contentType: 'text' as const,
    ext: '',
    filePath: undefined,
    physicalFilePath: undefined,
    getFilePath: () => undefined,
    getPhysicalFilePath: () => undefined,
    ...noLines,
  };
}
