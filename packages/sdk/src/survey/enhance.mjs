// What a script adds to a page that is whole without it: answers are kept from the first tap, pages change in place, and
// some fields become easier to use. Plain, so that it reaches the browser as it stands here.

const KEEP_AFTER_MS = 400;
const MOST_WORK_MS = 8_000;
let timer = 0;
let changes = 0;

const formOf = () => document.querySelector('main form');
/** The main part of a page and its title; the rest of it stays as it is here. */
const parsed = (text) => {
  const part = (name) => text.slice(text.indexOf(`<${name}>`), text.indexOf(`</${name}>`));
  return new DOMParser().parseFromString(part('title') + '</title>' + part('main'), 'text/html');
};

/** Under way with what was only being typed. */
let keeping = null;

/** Sends the form; the page that came of it, or null where nothing came. */
async function send(form, to, signal) {
  const data = new FormData(form);
  data.set('to', to);
  const typed = [...data].filter(([, value]) => typeof value === 'string');
  // Files go along once, when one goes on.
  const body = to === 'stay' || typed.length === [...data].length ? new URLSearchParams(typed) : data;
  const work = await Promise.race([worked, pause(MOST_WORK_MS)]);
  if (work) body.set('w', work);
  try {
    const answer = await fetch(form.action, { method: 'POST', body, signal, headers: { accept: 'text/html' } });
    // Too much, or too many at once: what was typed stays before whoever typed it.
    const again = answer.status === 413 || answer.status === 429 || answer.status >= 500;
    return { again, url: answer.redirected ? answer.url : location.href, page: parsed(await answer.text()) };
  } catch {
    return null;
  }
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/**
 * A number that together with the form's beginning has a hash (SHA-256) of so many zero bits at its front: little for one
 * who answers, much for who answers a thousand times. Nothing where a browser hashes in safe places only and this is none.
 */
async function work(form) {
  const bits = Number(form?.dataset.work);
  if (!bits || !globalThis.crypto?.subtle) return '';
  const { value } = form.elements.namedItem('b');
  const hash = async (n) => {
    const all = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${value}.${n}`));
    return new DataView(all).getUint32(0) < 2 ** (32 - bits) ? String(n) : '';
  };
  for (let n = 0; ; n += 64) {
    const found = (await Promise.all(Array.from({ length: 64 }, (_, i) => hash(n + i)))).find(Boolean);
    if (found) return found;
    // Whoever types comes first.
    await pause(0);
  }
}
const worked = work(formOf()).catch(() => '');

function keepSoon() {
  changes++;
  clearTimeout(timer);
  timer = setTimeout(() => void keep(), KEEP_AFTER_MS);
}

/** Keeps what was answered so far; an answer may bring up other questions, which then appear. */
async function keep() {
  const form = formOf();
  if (form === null) return;
  const before = changes;
  const control = new AbortController();
  const sending = send(form, 'stay', control.signal);
  keeping = { sending, control };
  const came = await sending;
  if (keeping.control === control) keeping = null;
  // Whoever went on meanwhile has a later page before them.
  if (came === null || before !== changes || formOf() !== form) return;
  const fresh = came.page.querySelector('main form');
  if (fresh === null) return;
  const ids = (of) => [...of.querySelectorAll('.q')].map((q) => q.id).join();
  if (ids(fresh) === ids(form)) return;
  const focused = document.activeElement;
  const [name, value] = [focused?.getAttribute('name'), focused?.getAttribute('value')];
  show(came, false);
  if (name !== null && name !== undefined) {
    const same = [...document.getElementsByName(name)];
    (same.find((one) => one.getAttribute('value') === value) ?? same[0])?.focus();
  }
}

function show({ url, page }, moved) {
  const main = page.querySelector('main');
  if (main === null) return false;
  document.querySelector('main')?.replaceWith(main);
  document.title = page.title;
  if (url !== location.href) history.pushState({}, '', url);
  ease();
  if (moved) {
    scrollTo(0, 0);
    const first = main.querySelector('.problems') ?? main.querySelector('h2, .title');
    first?.setAttribute('tabindex', '-1');
    first?.focus();
  }
  return true;
}

/** Above the form: why it was not taken. */
function ask(form, page) {
  form.querySelector('.problems')?.remove();
  const note = Object.assign(document.createElement('div'), { className: 'problems', tabIndex: -1 });
  note.setAttribute('role', 'alert');
  note.textContent = page.querySelector('.lead')?.textContent ?? form.dataset.busy;
  form.prepend(note);
  note.focus();
}

document.addEventListener('submit', (event) => {
  const form = formOf();
  if (event.target !== form || form === null) return;
  event.preventDefault();
  clearTimeout(timer);
  changes++;
  const to = event.submitter?.value ?? 'next';
  form.setAttribute('aria-busy', 'true');
  // What was being kept comes first, so that it cannot come after; for long it is not waited for.
  const before = keeping && Promise.race([keeping.sending, pause(1_000)]).then(() => keeping?.control.abort());
  void Promise.resolve(before)
    .then(() => send(form, to))
    .then((came) => {
      if (came !== null && !came.again && show(came, true)) return;
      form.removeAttribute('aria-busy');
      if (came?.again) return ask(form, came.page);
      // Without the network nothing is lost: the browser itself tries, and says why it cannot.
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'to', value: to });
      form.append(field);
      form.submit();
    });
});
document.addEventListener('change', (event) => {
  alone(event.target);
  if (formOf()?.contains(event.target)) keepSoon();
});
document.addEventListener('input', (event) => {
  sums();
  if (event.target.matches('textarea, input')) keepSoon();
});
addEventListener('popstate', () => location.reload());

/** None of these: takes the others away, and goes when one of them comes. */
function alone(box) {
  if (box.type !== 'checkbox' || !box.checked) return;
  for (const other of document.getElementsByName(box.name)) {
    if (other !== box && (box.dataset.alone !== undefined || other.dataset.alone !== undefined)) other.checked = false;
  }
}

function sums() {
  for (const group of document.querySelectorAll('[data-total]')) {
    const status = group.nextElementSibling;
    const numbers = [...group.querySelectorAll('input')].map((input) => Number(input.value) || 0);
    const sum = numbers.reduce((all, n) => all + n, 0);
    const number = new Intl.NumberFormat(document.documentElement.lang);
    const said = status.dataset.sum
      .replace('{sum}', number.format(sum))
      .replace('{total}', number.format(Number(group.dataset.total)));
    if (status.textContent !== said) status.textContent = said;
  }
}

/** Fields that a script makes easier. */
function ease() {
  sums();
  for (const input of document.querySelectorAll('[data-slider]')) slide(input);
  for (const list of document.querySelectorAll('[data-ranking]')) rank(list);
}

/** A number slides as well: the field beside it says what it stands at, and is empty until it was moved. */
function slide(input) {
  const range = document.createElement('input');
  Object.assign(range, { type: 'range', min: input.min, max: input.max, step: input.step });
  range.value = input.value === '' ? String((Number(input.min) + Number(input.max)) / 2) : input.value;
  range.setAttribute('aria-label', input.labels[0]?.textContent.trim() ?? '');
  range.addEventListener('input', () => (input.value = range.value));
  input.addEventListener('input', () => (range.value = input.value));
  input.parentElement.before(range);
}

/** Up and down instead of a list of places; the places are written into the lists, which are what is sent. */
function rank(list) {
  const most = Number(list.dataset.ranking);
  const items = [...list.children];
  const placeOf = (item) => Number(item.querySelector('select').value) || Infinity;
  items.sort((a, b) => placeOf(a) - placeOf(b));
  list.append(...items);
  let touched = items.some((item) => placeOf(item) < Infinity);
  const write = () => {
    [...list.children].forEach((item, i) => {
      item.querySelector('select').value = touched && i < most ? String(i + 1) : '';
    });
  };
  for (const item of items) {
    item.querySelector('select').hidden = true;
    for (const [sign, way, said] of [
      ['↑', -1, item.dataset.up],
      ['↓', 1, item.dataset.down],
    ]) {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: sign });
      button.setAttribute('aria-label', said);
      button.addEventListener('click', () => {
        touched = true;
        const other = way < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (way < 0) other?.before(item);
        else other?.after(item);
        write();
        button.focus();
        keepSoon();
      });
      item.append(button);
    }
  }
  write();
}

ease();
