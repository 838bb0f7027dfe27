// Turns the sentence and the number of a file that is on its way. The server says how far it is; every sentence stands on the page already.

(() => {
  const place = document.querySelector('[data-progress]');
  const url = place instanceof HTMLElement ? place.dataset['progress'] : undefined;
  if (!(place instanceof HTMLElement) || url === undefined) {
    return;
  }
  /** Until it begins, and while it goes on; a file that never begins is not waited for. */
  let looksLeft = 0;

  /** @param {{ state: string, rows: number }} found */
  const show = ({ rows, state }) => {
    place.dataset['state'] = state;
    for (const said of place.querySelectorAll('[data-said]')) {
      if (said instanceof HTMLElement) {
        said.hidden = said.dataset['said'] !== state;
      }
    }
    const [bar, number] = [place.querySelector('progress'), place.querySelector('[data-rows] *')];
    if (bar !== null && number !== null) {
      bar.value = rows;
      number.textContent = rows.toLocaleString('en-GB');
    }
  };

  const look = async () => {
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    if (!response.ok) {
      return;
    }
    const found = await response.json();
    show(found);
    const goesOn = found.state === 'prepare' || found.state === 'send';
    looksLeft = goesOn ? 30 : looksLeft - 1;
    if (looksLeft > 0) {
      setTimeout(look, 2000);
    }
  };

  const begin = () => {
    const isLooking = looksLeft > 0;
    looksLeft = 30;
    if (!isLooking) {
      setTimeout(look, 1000);
    }
  };

  if (place.dataset['state'] === 'prepare' || place.dataset['state'] === 'send') {
    begin();
  }
  document.querySelector('[data-action="fetch"]')?.closest('form')?.addEventListener('submit', begin);
})();
