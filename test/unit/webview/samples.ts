import { type DashboardView, dashboardOf, type SpendRow } from '../../../src/core/dashboard.ts';
import type { BackendKind } from '../../../src/core/settings.ts';
import { emptyRow, type HostRow, latencyClass, type StatsRow } from '../../../src/core/stats.ts';
import { dayOf } from '../../../src/core/statsRecorder.ts';
import type { ExplainView, TurnView } from '../../../src/webview/explainMessages.ts';

/** An answer with everything that models use: headings, lists, code in lists, tables, quotes, tasks, links. */
export const answer = `Calls a function again when it fails, waiting longer after each failure.

## How it works

1. The loop on lines 14–22 tries at most \`attempts\` times.
2. Line 17 catches the error. An \`AbortError\` is thrown on at once.
3. The pause doubles each time and has **jitter**:

   \`\`\`ts
   // Full jitter: anything between 0 and the bound.
   const pause = Math.random() * Math.min(cap, base * 2 ** attempt);
   \`\`\`

| Parameter | Meaning | Default |
|---|---|---|
| \`attempts\` | how often it tries | 3 |

> The last error is thrown unchanged.

- [x] Aborts cleanly

See [the documentation](https://example.test/retry).
`;

/** A finished turn. */
export const doneTurn: TurnView = {
  question: '',
  text: answer,
  state: 'done',
  problem: '',
  action: null,
  foot: '1840 tokens read, 322 written · $0.00043',
};

/** A page with these turns about a place of a file of 80 lines. */
export function explanation(...turns: readonly TurnView[]): ExplainView {
  return {
    place: 'src/retry.ts, lines 12–31',
    lines: { start: 12, end: 31 },
    lineCount: 80,
    runs: [{ first: 1, last: 80, by: 0 }],
    notice: '',
    noticeActions: [],
    canInsert: true,
    turns,
  };
}

/** Every state that the explain page can be in. */
export const explainStates: Readonly<Record<string, ExplainView>> = {
  done: explanation(doneTurn),
  'with a follow-up being written': explanation(doneTurn, {
    ...doneTurn,
    question: 'What happens when the signal is aborted?',
    text: 'The `sleep` rejects at once',
    state: 'writing',
    foot: '',
  }),
  thinking: explanation({ ...doneTurn, text: '', state: 'thinking', foot: '' }),
  stopped: explanation({ ...doneTurn, text: 'Calls a function', state: 'stopped', foot: 'Stopped' }),
  failed: explanation({
    ...doneTurn,
    text: 'Calls a function',
    state: 'failed',
    problem: 'The service refused the API key.',
    action: { action: 'setKey', label: 'Set API Key' },
    foot: '',
  }),
  cut: explanation({ ...doneTurn, state: 'cut', problem: 'The answer was too long and is cut here.' }),
  'without a model': {
    ...explanation(),
    place: '',
    lines: null,
    notice: 'Explaining needs a language model.',
    noticeActions: [{ action: 'switchBackend', label: 'Switch Backend' }],
  },
};

/** The 22nd of November 2026 at noon, in the machine's own time zone. */
export const noon = new Date(2026, 10, 22, 12).getTime();

/** A month of work with all three backends, the same each time. */
export function month(): { rows: StatsRow[]; hosts: HostRow[]; spend: SpendRow[] } {
  const rows: StatsRow[] = [];
  const hosts: HostRow[] = [];
  const spend: SpendRow[] = [];
  const speeds: readonly (readonly [BackendKind, number])[] = [
    ['builtin', 8],
    ['cloud', 520],
    ['local', 210],
  ];
  for (let back = 0; back < 30; back++) {
    const day = dayOf(noon - back * 86_400_000);
    for (const [backend, speed] of speeds) {
      for (const [index, language] of ['typescript', 'python', 'go'].entries()) {
        const shown = 10 + ((back * 7 + index * 13 + speed) % 40);
        const accepted = Math.floor(shown * 0.4);
        const row = emptyRow(day, backend, language);
        const latency = [...row.latency];
        latency[latencyClass(speed)] = shown;
        const survived = Math.floor(accepted * 0.8);
        rows.push({
          ...row,
          shown,
          accepted,
          characters: accepted * 28,
          checked: accepted,
          survived,
          latency,
        });
        if (backend === 'builtin') continue;
        const tokens = { promptTokens: shown * 900, cachedTokens: shown * 500, completionTokens: shown * 24 };
        const less = { wastedTokens: shown * 40, countedTokens: 0 };
        const dollars = backend === 'cloud' ? shown * 0.0001 : 0;
        spend.push({
          day,
          backend,
          model: 'gpt-4o-mini',
          language,
          requests: shown,
          ...tokens,
          ...less,
          dollars,
        });
      }
    }
    hosts.push({ day, host: 'api.openai.com', requests: 120, sentBytes: 504_000, receivedBytes: 108_000 });
  }
  return { rows, hosts, spend };
}

/** The dashboard of that month, and of nothing. */
export const dashboards: Readonly<Record<'month' | 'nothing', DashboardView>> = {
  month: dashboardOf(month(), month().spend, 30, noon),
  nothing: dashboardOf({ rows: [], hosts: [] }, [], 30, noon),
};
