// Going through a page with the Tab key alone, and what the focus meets on the way.

import type { Page } from 'playwright-core';

export type Stop = {
  readonly name: string;
  /** Place in the document, from its beginning. */
  readonly order: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly isVisible: boolean;
  readonly isSkipLink: boolean;
};

const readStop = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body || element === document.documentElement) {
    return null;
  }
  const { top, bottom, left, right } = element.getBoundingClientRect();
  const near = [element, element.parentElement, element.querySelector('*')].filter((one) => one !== null);
  const isMarked = [...near, ...element.querySelectorAll('*')].some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return {
    name: (element.getAttribute('data-action') ?? element.getAttribute('name') ?? element.textContent ?? '').trim().slice(0, 40),
    order: [...document.querySelectorAll('*')].indexOf(element),
    top: top + scrollY,
    bottom: bottom + scrollY,
    left,
    isVisible: isMarked && right > left && bottom > top && bottom > 0 && top < innerHeight,
    isSkipLink: element.classList.contains('skip-link'),
  };
})()`;

const longestWalk = 120;

/** Every stop of the focus from the top of the page until it leaves the page. */
export async function walkByTab(page: Page): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  while (stops.length < longestWalk) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate<Stop | null>(readStop);
    if (stop === null || stops.some(({ order }) => order === stop.order)) {
      return stops;
    }
    stops.push(stop);
  }
  throw new Error(`the focus did not leave the page after ${longestWalk} stops`);
}

/** Where the next stop stands before the one before it: above it, or in the same line on the side where reading began. */
export function findLeaps(stops: readonly Stop[], direction: 'rtl' | 'ltr'): readonly string[] {
  const read = stops.filter(({ isSkipLink }) => !isSkipLink);
  return read.flatMap((stop, index) => {
    const before = read[index - 1];
    if (before === undefined) {
      return [];
    }
    const middle = (stop.top + stop.bottom) / 2;
    const isInLine = middle > before.top && middle < before.bottom;
    const isBehind = direction === 'rtl' ? stop.left > before.left + 2 : stop.left < before.left - 2;
    const isAbove = stop.bottom <= before.top + 2;
    return stop.order < before.order || isAbove || (isInLine && isBehind) ? [`${before.name} → ${stop.name}`] : [];
  });
}

/** Presses Tab until the focus is on the element, as somebody would who has no mouse. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let step = 0; step < longestWalk; step += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`)) {
      return;
    }
  }
  throw new Error(`Tab never reached ${selector}`);
}
