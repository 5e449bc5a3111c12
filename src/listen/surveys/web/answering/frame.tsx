import { useEffect, useRef, useState } from 'react';
import type { Fields, Kept } from '@touchstone/sdk/survey';
import { styleNonce } from '../../../../platform/web/shell/nonce.ts';
import styles from './frame.module.css';

export interface AnswerFrameProps {
  /** Read out as what it is. */
  readonly title: string;
  /** A whole page, as `surveyPage` writes it. */
  readonly html: string;
  /**
   * A form was handed in: all values of each name, the way on it asks for, and what there is to say of its files. Nothing
   * is sent anywhere.
   */
  readonly onHand?: (fields: Fields, to: 'next' | 'back', files: ReadonlyMap<string, readonly Kept[]>) => void;
  /** Something was answered, and not handed in yet. */
  readonly onChange?: (fields: Fields) => void;
  readonly onLanguage?: (tag: string) => void;
  /** Id of what is brought into view. */
  readonly show?: string;
  /** A phone's width and height unless it says otherwise. */
  readonly wide?: boolean;
}

/**
 * A page of a survey in a frame of its own, so that it has the width of a phone and nothing of our style. It runs no
 * script; its forms and links are caught and told.
 */
export function AnswerFrame(props: AnswerFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  // How often the empty page arrived: a browser may load it anew by itself.
  const [loads, setLoads] = useState(0);
  const told = useRef(props);
  useEffect(() => {
    told.current = props;
  });

  useEffect(() => {
    const page = frame.current?.contentDocument;
    if (loads > 0 && page !== null && page !== undefined) paint(page, props.html);
  }, [loads, props.html]);

  useEffect(() => {
    const page = frame.current?.contentDocument;
    if (loads === 0 || page === null || page === undefined || props.show === undefined) return;
    const at = page.getElementById(props.show);
    // Within the frame alone: the page around it stays where it is.
    if (at !== null) page.defaultView?.scrollBy(0, at.getBoundingClientRect().top - 24);
  }, [loads, props.show]);

  useEffect(() => {
    const page = frame.current?.contentDocument;
    if (loads === 0 || page === null || page === undefined) return undefined;
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const form = page.querySelector('form');
      const to = event.submitter?.getAttribute('value') === 'back' ? 'back' : 'next';
      if (form === null) return;
      page.documentElement.scrollTop = 0;
      told.current.onHand?.(fieldsOf(form), to, filesOf(form));
    };
    const change = (): void => {
      const form = page.querySelector('form');
      if (form !== null) told.current.onChange?.(fieldsOf(form));
    };
    const click = (event: MouseEvent): void => {
      const link = elementOf(event.target)?.closest('a');
      const href = link?.getAttribute('href') ?? '';
      if (link === null || link === undefined || href.startsWith('#')) return;
      event.preventDefault();
      const lang = /^\?lang=(.+)$/.exec(href)?.[1];
      if (lang !== undefined) told.current.onLanguage?.(lang);
    };
    page.addEventListener('submit', submit);
    page.addEventListener('change', change);
    page.addEventListener('click', click);
    return () => {
      page.removeEventListener('submit', submit);
      page.removeEventListener('change', change);
      page.removeEventListener('click', click);
    };
  }, [loads]);

  return (
    <iframe
      ref={frame}
      title={props.title}
      src="/s/-/frame"
      sandbox="allow-same-origin allow-forms"
      className={styles['frame']}
      data-wide={props.wide === true ? '' : undefined}
      onLoad={() => setLoads((before) => before + 1)}
    />
  );
}

/** Puts what has changed into the frame. The style sheet is loaded once, so that nothing flickers. */
function paint(page: Document, html: string): void {
  // A document that is parsed here is under the policy of this page: its style is let in, though nobody sees it.
  const came = new DOMParser().parseFromString(html.replace('<style', `<style nonce="${styleNonce()}"`), 'text/html');
  const root = page.documentElement;
  const take = (from: Element): Node[] => [...from.children].map((one) => page.importNode(one, true));
  for (const name of ['lang', 'dir', 'class']) {
    const value = came.documentElement.getAttribute(name);
    if (value === null) root.removeAttribute(name);
    else root.setAttribute(name, value);
  }
  const style = came.head.querySelector('style')?.textContent ?? '';
  const kept = page.head.querySelector('style');
  if (kept === null) page.head.replaceChildren(...take(came.head));
  else if (kept.textContent !== style) kept.textContent = style;
  if (page.body.innerHTML === came.body.innerHTML) return;
  const { scrollTop } = root;
  const focused = page.activeElement;
  const [name, value] = [focused?.getAttribute('name'), focused?.getAttribute('value')];
  page.body.replaceChildren(...take(came.body));
  root.scrollTop = scrollTop;
  if (name === null || name === undefined) return;
  const same = [...page.getElementsByName(name)];
  (same.find((one) => one.getAttribute('value') === value) ?? same[0])?.focus();
}

/** Of the frame's own window, whose `Element` is another than ours. */
function elementOf(target: EventTarget | null): Element | undefined {
  return target !== null && 'closest' in target ? (target as Element) : undefined;
}

function fieldsOf(form: HTMLFormElement): Fields {
  const fields = new Map<string, string[]>();
  new FormData(form).forEach((value, name) => {
    const text = typeof value === 'string' ? value : '';
    const values = fields.get(name);
    if (values === undefined) fields.set(name, [text]);
    else values.push(text);
  });
  return fields;
}

/** Files by the name of their field. They stay with whoever tries: all that is known of them is what they are called. */
function filesOf(form: HTMLFormElement): ReadonlyMap<string, readonly Kept[]> {
  const files = new Map<string, Kept[]>();
  new FormData(form).forEach((value, field) => {
    // An empty field of files is one without a name.
    if (typeof value === 'string' || value.name === '') return;
    const { name, size, type, lastModified } = value;
    const file = { id: `file-${lastModified}-${size}`, name, bytes: size, type };
    files.set(field, [...(files.get(field) ?? []), file]);
  });
  return files;
}
