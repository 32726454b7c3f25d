import type { DashboardView, LatencyView, ModelSpend, Worth } from '../core/dashboard.ts';
import type { HostRow } from '../core/stats.ts';
import { isAmount, isCount, isRecord } from './parse.ts';

/** The ranges that can be looked at, days. */
export const ranges = [7, 30, 90] as const;

/** Host to page. */
export interface ToDashboardPage {
  readonly kind: 'show';
  readonly view: DashboardView;
}

/** Page to host. */
export type FromDashboardPage =
  | { readonly kind: 'ready' | 'export' | 'erase' }
  | { readonly kind: 'range'; readonly days: (typeof ranges)[number] };

/** The page's message, or undefined if it is none that the page can have sent. */
export function parseFromDashboardPage(value: unknown): FromDashboardPage | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, days } = value;
  if (kind === 'ready' || kind === 'export' || kind === 'erase') return { kind };
  const range = ranges.find((known) => known === days);
  return kind === 'range' && range !== undefined ? { kind, days: range } : undefined;
}

/** The host's message, or undefined if it is none that the host can have sent. */
export function parseToDashboardPage(value: unknown): ToDashboardPage | undefined {
  if (!isRecord(value) || value['kind'] !== 'show' || !isView(value['view'])) return undefined;
  return { kind: 'show', view: value['view'] };
}

function isView(value: unknown): value is DashboardView {
  if (!isRecord(value)) return false;
  const { days, total, perDay, perBackend, perLanguage, perModel, latency, hosts } = value;
  return (
    isCount(days) &&
    isWorth(total) &&
    [perDay, perBackend, perLanguage].every((list) => Array.isArray(list) && list.every(isWorth)) &&
    Array.isArray(perModel) &&
    perModel.every(isModelSpend) &&
    Array.isArray(latency) &&
    latency.every(isLatency) &&
    Array.isArray(hosts) &&
    hosts.every(isHost)
  );
}

function isWorth(value: unknown): value is Worth {
  if (!isRecord(value) || typeof value['name'] !== 'string') return false;
  const { shown, accepted, characters, checked, survived } = value;
  const { promptTokens, cachedTokens, completionTokens, dollars } = value;
  return [
    shown,
    accepted,
    characters,
    checked,
    survived,
    promptTokens,
    cachedTokens,
    completionTokens,
    dollars,
  ].every(isAmount);
}

function isModelSpend(value: unknown): value is ModelSpend {
  if (!isRecord(value) || typeof value['model'] !== 'string') return false;
  const { requests, promptTokens, cachedTokens, completionTokens } = value;
  const { wastedTokens, countedTokens, dollars } = value;
  return [requests, promptTokens, cachedTokens, completionTokens, wastedTokens, countedTokens, dollars].every(
    isAmount,
  );
}

function isLatency(value: unknown): value is LatencyView {
  if (!isRecord(value)) return false;
  const { name, shown, p50, p90, p99 } = value;
  return typeof name === 'string' && [shown, p50, p90, p99].every(isAmount);
}

function isHost(value: unknown): value is HostRow {
  if (!isRecord(value)) return false;
  const { host, requests, sentBytes, receivedBytes } = value;
  return typeof host === 'string' && [requests, sentBytes, receivedBytes].every(isAmount);
}
