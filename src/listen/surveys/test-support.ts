import type { SurveyDocument } from '@touchstone/domain/survey';
import { DomUtils, parseDocument } from 'htmlparser2';
import type { TestWorkspace, World } from '../../../test/support/world.ts';
import { surveyShape } from './contract.ts';

/** Somebody who answers a survey in a browser without a script: sees a page, fills in its form, goes where that leads. */
export class Respondent {
  readonly #world: Pick<World, 'app'>;
  readonly #headers: Record<string, string>;
  #cookie: string | undefined;
  #address = '';
  status = 0;
  html = '';

  /** `cookies`: whether its browser keeps any. */
  constructor(
    world: Pick<World, 'app'>,
    language = 'en',
    private readonly cookies = true,
  ) {
    this.#world = world;
    this.#headers = { 'accept-language': language, 'sec-fetch-site': 'same-origin' };
  }

  get address(): string {
    return this.#address;
  }

  get cookie(): string | undefined {
    return this.#cookie;
  }

  /** The link at the foot by which one comes back from elsewhere. */
  get goOn(): string {
    const [note] = this.#all('p').filter((p) => p.attribs['class'] === 'kept');
    const [link] = note === undefined ? [] : DomUtils.getElementsByTagName('a', note.children);
    if (link === undefined) throw new Error(`no link to come back by on ${this.#address}`);
    return link.attribs['href'] ?? '';
  }

  /** The text of the page's main part. */
  get text(): string {
    const [main] = this.#all('main');
    return main === undefined ? '' : DomUtils.textContent(main).replace(/\s+/g, ' ').trim();
  }

  async open(address: string): Promise<this> {
    return this.#follow(await this.#send(address));
  }

  /** Hands in the page's form: what it holds already, with these values in their place. */
  async hand(
    values: Readonly<Record<string, string | readonly string[]>>,
    to = 'next',
    files: Readonly<Record<string, readonly File[]>> = {},
  ): Promise<this> {
    const [form] = this.#all('form');
    if (form === undefined) throw new Error(`no form on ${this.#address}: ${this.text}`);
    const body = form.attribs['enctype'] === 'multipart/form-data' ? new FormData() : new URLSearchParams();
    for (const [name, value] of this.fields()) if (!Object.hasOwn(values, name)) body.append(name, value);
    for (const [name, value] of Object.entries(values)) for (const one of [value].flat()) body.append(name, one);
    body.set('to', to);
    if (body instanceof FormData) {
      for (const [name, some] of Object.entries(files)) for (const file of some) body.append(name, file);
    }
    const action = String(DomUtils.getAttributeValue(form, 'action'));
    return this.#follow(await this.#send(action, { method: 'POST', body }));
  }

  /** Names and values a browser would send. */
  fields(): [string, string][] {
    const inputs = this.#all('input').flatMap((input): [string, string][] => {
      const { type = 'text', name = '', value = '' } = input.attribs;
      if (type === 'file') return [];
      const takes = type !== 'radio' && type !== 'checkbox';
      return takes || 'checked' in input.attribs ? [[name, value]] : [];
    });
    const areas = this.#all('textarea').map((area): [string, string] => [
      area.attribs['name'] ?? '',
      // The parser leaves entities within a text field as they are; browsers do not.
      DomUtils.textContent(parseDocument(DomUtils.textContent(area).replace(/^\n/, '')).children),
    ]);
    return [...inputs, ...areas];
  }

  #all(name: string) {
    return DomUtils.getElementsByTagName(name, parseDocument(this.html).children);
  }

  #send(address: string, init: { method?: string; body?: URLSearchParams | FormData } = {}): Promise<Response> {
    const url = new URL(address, 'http://127.0.0.1');
    this.#address = url.pathname + url.search;
    const headers = new Headers(this.#headers);
    if (this.#cookie !== undefined) headers.set('cookie', this.#cookie);
    return Promise.resolve(this.#world.app.request(this.#address, { ...init, headers }));
  }

  async #follow(response: Response): Promise<this> {
    const set = response.headers.get('set-cookie');
    if (set !== null && this.cookies) this.#cookie = set.split(';')[0];
    const location = response.headers.get('location');
    if (response.status === 303 && location !== null) return this.#follow(await this.#send(location));
    this.status = response.status;
    this.html = await response.text();
    return this;
  }
}

/** Makes a survey and publishes it. */
export async function publish(
  world: World,
  shop: TestWorkspace,
  document: SurveyDocument,
  settings: object = {},
): Promise<{ readonly id: string; readonly path: string; readonly revision: number }> {
  const api = world.api(shop.secretKey);
  const answer = await api.post('/api/v1/surveys', { name: 'A survey', document, settings });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const created = surveyShape.parse(answer.body);
  const published = await api.post(`/api/v1/surveys/${created.id}/publish`, { revision: created.revision });
  if (published.status !== 200) throw new Error(JSON.stringify(published.body));
  return { id: created.id, path: new URL(created.address).pathname, revision: created.revision };
}
