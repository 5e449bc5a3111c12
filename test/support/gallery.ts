/**
 * What lies wrong in the gallery: words over other words, outside of their specimen, or cut off without a sign. What one
 * scrolls to, and what only readers of the screen have, is not looked at.
 */
export const LAYOUT = `(() => {
  const faults = [];
  const clip = (rect, host, specimen) => {
    let { left, right, top, bottom } = rect;
    for (let at = host; at !== specimen; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const box = at.getBoundingClientRect();
      const marked = style.overflowX !== 'hidden' || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (!marked && (left < box.left - 2 || right > box.right + 2)) faults.push('cut off: ' + host.textContent.slice(0, 60));
      [left, right, top, bottom] = [Math.max(left, box.left), Math.min(right, box.right), Math.max(top, box.top), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom };
  };
  for (const specimen of document.querySelectorAll('[data-specimen]')) {
    const box = specimen.getBoundingClientRect();
    const where = specimen.closest('section').id + ' ' + specimen.dataset.specimen + ': ';
    const walker = document.createTreeWalker(specimen, NodeFilter.SHOW_TEXT);
    const placed = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const host = node.parentElement;
      if (node.data.trim() === '' || host.closest('.seen-by-readers') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const { left, right, top, bottom } = clip(rect, host, specimen);
        if (right - left < 1 || bottom - top < 1) continue;
        const text = node.data.trim().slice(0, 40);
        if (left < box.left - 1 || right > box.right + 1) faults.push(where + 'outside: ' + text);
        // A line of type is taller than its letters.
        const air = (bottom - top) / 4;
        placed.push({ node, text, left: left + 1, right: right - 1, top: top + air, bottom: bottom - air });
      }
    }
    for (const [at, a] of placed.entries()) {
      for (const b of placed.slice(at + 1)) {
        // A text that is cut short counts its end twice.
        if (a.node !== b.node && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) faults.push(where + a.text + ' over ' + b.text);
      }
    }
  }
  return faults;
})()`;

/** Pictures without the table of their figures, and the number of those that have one. */
export const BEHIND = `(() => {
  const pictures = [...document.querySelectorAll('#series figure, #journey figure, #distribution [data-specimen], #heat [data-specimen]')]
    .filter((picture) => !['none', 'unknown'].includes(picture.dataset.specimen));
  const bare = pictures.filter((picture) => picture.querySelector('table caption') === null || picture.querySelectorAll('tbody tr').length < 3);
  const silent = [...document.querySelectorAll('#effects li, #ranked li, #score .seen-by-readers')].filter((row) => !/\\p{Nd}/u.test(row.textContent));
  return { pictures: pictures.length, bare: bare.map((picture) => picture.outerHTML.slice(0, 120)), silent: silent.map((row) => row.textContent) };
})()`;
