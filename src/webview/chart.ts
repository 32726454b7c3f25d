import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { element } from './dom.ts';

/** How a series is told from the others without colour. The styles repeat them for the legend. */
export type Texture = 'solid' | 'hatched' | 'outlined';

/** One series of bars: at each day one value, drawn from zero; a later series covers the ones before. */
export interface Bars {
  readonly label: string;
  readonly texture: Texture;
  readonly values: readonly number[];
}

/** A bar chart over days. */
export interface Chart {
  /** The days, as text from `2026-11-22`. */
  readonly days: readonly string[];
  readonly series: readonly Bars[];
  /** Whether values are counts: then no line stands for a part of one. */
  readonly whole: boolean;
  format(value: number): string;
  /** What is said of the day under the pointer. */
  describe(index: number): string;
}

/** Steps between lines that stand for counts: 1, 2, 5, 10, … */
const wholeSteps = Array.from({ length: 30 }, (_, at) => [1, 2, 5][at % 3] ?? 1).map(
  (step, at) => step * 10 ** Math.floor(at / 3),
);
/** Height of a chart, CSS pixels. */
const height = 150;

/**
 * Draws bars into `root` and keeps their width that of `root`. The picture is for the eyes alone: the table beside it says the
 * same. Ends when the returned function is called.
 */
export function drawChart(root: HTMLElement, chart: Chart, language: string): () => void {
  const style = getComputedStyle(document.body);
  const ink = style.getPropertyValue('--ink').trim();
  const paper = style.getPropertyValue('--paper').trim();
  const text = style.getPropertyValue('--vscode-foreground').trim();
  const line = style.getPropertyValue('--line-solid').trim();
  const ratio = window.devicePixelRatio;
  const font = `11px ${style.fontFamily}`;
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const pointed = element('p', { class: 'pointed' });
  const plot = element('div', { 'aria-hidden': 'true' });
  root.replaceChildren(plot, pointed);

  function size(): { width: number; height: number } {
    return { width: Math.max(200, root.clientWidth), height };
  }

  const bars = uPlot.paths.bars?.({ size: [0.7, 32], radius: 0.15 });
  const drawn = new uPlot(
    {
      ...size(),
      legend: { show: false },
      cursor: { x: false, y: false, points: { show: false }, drag: { setScale: false } },
      scales: {
        x: { time: false, range: [-0.6, chart.days.length - 0.4] },
        y: { range: (_, __, max) => [0, top(max)] },
      },
      axes: [
        {
          stroke: text,
          font,
          grid: { show: false },
          ticks: { show: false },
          size: 24,
          space: 60,
          incrs: [1, 2, 5, 7, 14, 30],
          values: (_, splits) => splits.map((index) => dayLabel(chart.days[index], short)),
        },
        {
          stroke: text,
          font,
          size: 54,
          space: 36,
          ...(chart.whole ? { incrs: wholeSteps } : {}),
          grid: { stroke: line, width: 1 },
          ticks: { show: false },
          values: (_, splits) => splits.map(chart.format),
        },
      ],
      series: [
        {},
        ...chart.series.map(({ label, texture }) => ({
          label,
          stroke: ink,
          width: 1,
          fill: () => pattern(texture, ink, paper, ratio),
          ...(bars === undefined ? {} : { paths: bars }),
          points: { show: false },
        })),
      ],
      hooks: {
        setCursor: [
          ({ cursor }) => {
            pointed.textContent = typeof cursor.idx === 'number' ? chart.describe(cursor.idx) : '';
          },
        ],
      },
    },
    [chart.days.map((_, index) => index), ...chart.series.map(({ values }) => values.map(orNothing))],
    plot,
  );
  const observer = new ResizeObserver(() => drawn.setSize(size()));
  observer.observe(root);
  return () => {
    observer.disconnect();
    drawn.destroy();
  };
}

/** Nothing is drawn for a zero, not even a line on the ground. */
function orNothing(value: number): number | null {
  return value === 0 ? null : value;
}

/** A top line that leaves room, also where there is nothing. */
function top(max: number | null): number {
  return max === null || max <= 0 ? 1 : max * 1.1;
}

function dayLabel(day: string | undefined, format: Intl.DateTimeFormat): string {
  return day === undefined ? '' : format.format(new Date(`${day}T12:00:00`));
}

/** A fill that covers what is below: ink, ink lines on paper, or paper. */
function pattern(texture: Texture, ink: string, paper: string, ratio: number): CanvasPattern | string {
  if (texture === 'solid') return ink;
  if (texture === 'outlined') return paper;
  const side = 6 * ratio;
  const tile = new OffscreenCanvas(side, side);
  const context = tile.getContext('2d');
  if (context === null) return paper;
  context.fillStyle = paper;
  context.fillRect(0, 0, side, side);
  context.strokeStyle = ink;
  context.lineWidth = 1.5 * ratio;
  for (const shift of [-side, 0, side]) {
    context.moveTo(shift, side);
    context.lineTo(shift + side, 0);
  }
  context.stroke();
  return context.createPattern(tile, 'repeat') ?? paper;
}
