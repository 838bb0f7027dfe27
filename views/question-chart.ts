// Small charts, drawn on the server as SVG without a style or a script. The table beneath says the same in numbers and is their text alternative, so that
// a chart is one picture with one sentence for who cannot see it. It is mirrored where the language runs from right to left.

import { html } from './html.ts';
import type { Html } from './html.ts';
import type { Texts } from './messages/messages.ts';
import type { ShownBar, ShownChart } from './question-model.ts';

const width = 360;
const barRow = 38;
const most = 12;
const dotRow = 30;
const labelWidth = 130;

/** Room for the days at both ends of a timeline. */
const axisHeight = 22;

function clip(label: string, letters: number): string {
  const all = Array.from(label);
  return all.length > letters ? `${all.slice(0, letters - 1).join('')}…` : label;
}

function drawBar({ direction }: Texts, { label, value, text }: ShownBar, place: { readonly at: number; readonly top: number }): Html {
  const isRtl = direction === 'rtl';
  // A little is seen as little, and nothing as nothing.
  const length = value === 0 ? 0 : Math.max(2, Math.round((value / (place.top || 1)) * width));
  const y = place.at * barRow;
  const [start, end] = isRtl ? [width, 0] : [0, width];
  return html`<text class="chart-label" x="${start}" y="${y + 13}">${clip(label, 44)}</text>
    <text class="chart-value" x="${end}" y="${y + 13}" text-anchor="end">${text}</text>
    <rect class="chart-track" x="0" y="${y + 20}" width="${width}" height="8" rx="4" />
    <rect class="chart-bar" x="${isRtl ? width - length : 0}" y="${y + 20}" width="${length}" height="8" rx="4" />`;
}

/** Those with the largest value, in the order in which they come. */
function toLargest(bars: readonly ShownBar[]): readonly ShownBar[] {
  const kept = new Set(bars.toSorted((left, right) => right.value - left.value).slice(0, most));
  return bars.filter((bar) => kept.has(bar));
}

function drawBars(texts: Texts, bars: readonly ShownBar[]): Drawn {
  const shown = toLargest(bars);
  const top = Math.max(...shown.map(({ value }) => value));
  return { height: shown.length * barRow, content: shown.map((bar, at) => drawBar(texts, bar, { at, top })) };
}

type Drawn = { readonly height: number; readonly content: readonly Html[] };

type Timeline = Extract<ShownChart, { readonly kind: 'timeline' }>;

/** One line for each label, a dot for each entry, older entries where reading begins; beneath, the days at both ends. */
function drawTimeline({ direction }: Texts, { dots, firstDay, lastDay }: Timeline): Drawn {
  const isRtl = direction === 'rtl';
  const times = dots.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [from, long] = [labelWidth + 8, width - labelWidth - 16];
  const toX = (at: number): number => {
    const x = from + Math.round(((at - first) / (last - first || 1)) * long);
    return isRtl ? width - x : x;
  };
  const lines = [...Map.groupBy(dots, ({ label }) => label)].slice(0, most);
  const content = lines.map(([label, own], row) => {
    const y = row * dotRow + 16;
    const [lineFrom, lineTo] = [toX(first), toX(last)];
    return html`<text class="chart-label" x="${isRtl ? width : 0}" y="${y + 4}">${clip(label, 20)}</text>
      <line class="chart-line" x1="${lineFrom}" y1="${y}" x2="${lineTo}" y2="${y}" />
      ${own.map(({ at }) => html`<circle class="chart-dot" cx="${toX(at)}" cy="${y}" r="4" />`)}`;
  });
  const y = lines.length * dotRow + 14;
  const axis = html`<text class="chart-value" x="${toX(first)}" y="${y}">${firstDay}</text>
    ${firstDay !== lastDay && html`<text class="chart-value" x="${toX(last)}" y="${y}" text-anchor="end">${lastDay}</text>`}`;
  return { height: lines.length * dotRow + axisHeight, content: [...content, axis] };
}

/** `label`: what it shows, in one sentence. Nothing where there is nothing to draw. */
export function renderChart(texts: Texts, chart: ShownChart, label: string): Html | false {
  const isEmpty = chart.kind === 'bars' ? chart.bars.length === 0 : chart.dots.length === 0;
  if (isEmpty) {
    return false;
  }
  const { height, content } = chart.kind === 'bars' ? drawBars(texts, chart.bars) : drawTimeline(texts, chart);
  return html`<svg class="chart" role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" direction="${texts.direction}">
    ${content}
  </svg>`;
}
