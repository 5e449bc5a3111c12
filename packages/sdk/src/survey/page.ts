import { type Ending, type Walk, say } from '@touchstone/domain/survey';
import { attributes, html, type Html } from './html.ts';
import { directionOf, type Words, wordsFor } from './words/index.ts';

/** How a survey looks to those who answer it. Colours as `#0f766e`. */
export interface Theme {
  readonly accent: string;
  readonly background: string;
  /** Address of a picture above every page. */
  readonly logo?: string | null;
}

export interface PageView {
  readonly language: string;
  readonly title: string;
  readonly theme: Theme;
  readonly body: Html;
  /** Languages it can be read in, with where each is. */
  readonly languages?: readonly { readonly tag: string; readonly href: string }[];
  /** Addresses of style and script; the page is whole without the script. */
  readonly style: string;
  readonly script?: string;
  /** Of the one style element, where the policy asks for one. */
  readonly nonce?: string;
  /** Where the page leads on to by itself. */
  readonly away?: string;
}

/** More languages are folded away: on a phone they would stand above the question in lines of their own. */
const MOST_IN_A_ROW = 3;

/** The whole page. */
export function surveyPage(view: PageView): string {
  const { language, theme, languages = [] } = view;
  const words = wordsFor(language);
  const ink = isDark(theme.accent) ? '#fff' : '#16161a';
  const paper = isDark(theme.background);
  const links = languages.map(
    ({ tag, href }) =>
      html`<a ${attributes({ href, lang: tag, hreflang: tag, 'aria-current': tag === language ? 'true' : undefined })}
        >${nameOf(tag)}</a
      > `,
  );
  const page = html`<html
    ${attributes({ lang: language, dir: directionOf(language), class: paper ? 'dark' : undefined })}
  >
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="robots" content="noindex" />
      ${view.away !== undefined && html`<meta http-equiv="refresh" content="0;url=${view.away}" />`}
      <title>${view.title}</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="${view.style}" />
      <style ${attributes({ nonce: view.nonce })}>
        :root {
          --accent: ${theme.accent};
          --on-accent: ${ink};
          --paper: ${theme.background};
        }
      </style>
      ${view.script !== undefined && html`<script type="module" src="${view.script}"></script>`}
    </head>
    <body>
      ${
        languages.length > 1 &&
        html`<nav aria-label="${words.language}">
          ${
            languages.length > MOST_IN_A_ROW
              ? html`<details>
                  <summary>${nameOf(language)}</summary>
                  <p>${links}</p>
                </details>`
              : links
          }
        </nav>`
      }
      <main>
        ${typeof theme.logo === 'string' && html`<img class="logo" src="${theme.logo}" alt="" />`}
        <h1>${view.title}</h1>
        ${view.body}
      </main>
    </body>
  </html>`;
  return `<!doctype html>\n${page.text}\n`;
}

/** What is shown when a survey has ended. */
export function endingBody(found: Walk, ending: Ending | undefined): Html {
  const words = wordsFor(found.context.language);
  if (ending === undefined) return noticeBody(words, 'answered');
  return html`<section class="ending">
    <h2>${say(found, ending.title)}</h2>
    ${ending.text !== undefined && html`<p class="lead">${say(found, ending.text)}</p>`}
    ${ending.redirect !== undefined && html`<p><a class="button" href="${ending.redirect}">${words['ended.back']}</a></p>`}
  </section>`;
}

/** Why nothing can be answered here. */
export function noticeBody(
  words: Words,
  what: 'missing' | 'closed' | 'forged' | 'expired' | 'answered' | 'busy' | 'large',
): Html {
  return html`<section class="ending">
    <h2>${words[`${what}.title`]}</h2>
    <p class="lead">${words[`${what}.text`]}</p>
  </section>`;
}

/** What somebody had written where it could not be taken, so that it is not lost to them. */
export function writtenBody(words: Words, typed: readonly string[]): Html | false {
  return (
    typed.length > 0 &&
    html`<section class="written">
      <h2>${words.written}</h2>
      ${typed.map((text) => html`<blockquote dir="auto">${text}</blockquote>`)}
    </section>`
  );
}

/** Everything that was handed in, in a form that hands it in again. */
export function againBody(words: Words, action: string, fields: readonly (readonly [string, string])[]): Html {
  return html`<form method="post" action="${action}">
    ${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <div class="ways"><button type="submit">${words.again}</button></div>
  </form>`;
}

const NAMES = new Map<string, string>();

/** A language by its own name. Made once: it takes as long as all the rest of a page. */
function nameOf(tag: string): string {
  const known = NAMES.get(tag);
  if (known !== undefined) return known;
  let name = tag;
  try {
    name = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;
  } catch {
    // None that is known by that tag.
  }
  NAMES.set(tag, name);
  return name;
}

/** Relative luminance (WCAG 2.2): white stands out more than black on what is darker than 0.179. */
export function isDark(colour: string): boolean {
  return luminance(colour) < 0.179;
}

/** Of two colours: 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}
