import type { DashboardView, Worth } from '../core/dashboard.ts';
import { element } from './dom.ts';
import type { Formats } from './formats.ts';
import { meterTable, table } from './tables.ts';

/** Makes the dashboard's tables: what languages and backends were worth, what models took, and what left the machine. */
export function createDashboardTables(words: (name: string) => string, formats: Formats) {
  const { count, money, percent, bytes } = formats;
  return (view: DashboardView): readonly HTMLElement[] => [groups(view), ...models(view), hosts(view)];

  function groups({ perBackend, perLanguage }: DashboardView): HTMLElement {
    return element(
      'section',
      { class: 'pair' },
      element(
        'div',
        {},
        element('h2', {}, words('byLanguage')),
        worthTable(words('byLanguage'), words('language'), perLanguage, (name) => name),
      ),
      element(
        'div',
        {},
        element('h2', {}, words('byBackend')),
        worthTable(words('byBackend'), words('backend'), perBackend, (name) => words(name)),
      ),
    );
  }

  function worthTable(
    title: string,
    first: string,
    list: readonly Worth[],
    label: (name: string) => string,
  ): HTMLElement {
    const most = Math.max(...list.map(({ characters }) => characters), 1);
    const headings = [first, words('characters'), words('accepted'), words('rate'), words('money')];
    const rows = list.map((of) => ({
      share: of.characters / most,
      cells: [
        label(of.name),
        count(of.characters),
        count(of.accepted),
        percent(of.accepted, of.shown),
        money(of.dollars),
      ],
    }));
    return meterTable(title, headings, rows);
  }

  function models({ perModel }: DashboardView): readonly HTMLElement[] {
    if (perModel.length === 0) return [];
    const headings = ['model', 'requests', 'read', 'cached', 'written', 'wasted', 'estimated', 'money'];
    const rows = perModel.map((of) => [
      of.model === '' ? words('nameless') : of.model,
      count(of.requests),
      count(of.promptTokens),
      count(of.cachedTokens),
      count(of.completionTokens),
      count(of.wastedTokens),
      count(of.countedTokens),
      money(of.dollars),
    ]);
    return [
      element(
        'section',
        {},
        element('h2', {}, words('byModel')),
        element('p', { class: 'quiet' }, words('byModelHow')),
        table(
          words('byModel'),
          headings.map((name) => words(name)),
          rows,
        ),
      ),
    ];
  }

  function hosts({ hosts: list }: DashboardView): HTMLElement {
    const headings = [words('host'), words('requests'), words('sent'), words('received')];
    const rows = list.map(({ host, requests, sentBytes, receivedBytes }) => [
      host,
      count(requests),
      bytes(sentBytes),
      bytes(receivedBytes),
    ]);
    const body =
      rows.length === 0 ? element('p', {}, words('noHosts')) : table(words('ledger'), headings, rows);
    return element(
      'section',
      {},
      element('h2', {}, words('ledger')),
      element('p', { class: 'quiet' }, words('ledgerHow')),
      body,
    );
  }
}
