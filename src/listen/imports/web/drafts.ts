import { useRef, useState } from 'react';
import { api, upload } from '../../../platform/web/client/index.ts';
import type { Preview } from '../contract.ts';

export type Kind = NonNullable<Preview['kind']>;
export type Mapping = NonNullable<Preview['mapping']>;
export type Plan = Mapping['columns'][string];

/** A file on its way to being an import. */
export interface Draft {
  readonly id: number;
  readonly file: File;
  /** How much of it has been sent, 0–1. */
  readonly sent: number;
  readonly preview: Preview | undefined;
  readonly busy: boolean;
  readonly error: unknown;
}

/** Whether it can be started as it stands. */
export function isReady(draft: Draft): boolean {
  const { preview } = draft;
  if (preview === undefined || draft.busy || preview.kind === null || preview.mapping === null) return false;
  return preview.missing.length === 0 && columnsWithoutFormat(preview).length === 0;
}

/** Columns of times that nobody has said how to read. */
export function columnsWithoutFormat({ columns, mapping }: Preview): string[] {
  return columns
    .filter(({ name, problem }) => problem === 'mixed-dates' && mapping?.columns[name]?.format === undefined)
    .map(({ name }) => name)
    .filter((name) => !['property', 'skip'].includes(mapping?.columns[name]?.field ?? 'skip'));
}

/** Files being prepared: sent and previewed one after another, changed, started together. */
export function useDrafts() {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const next = useRef(1);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const looks = useRef(new Map<number, number>());

  const change = (id: number, part: Partial<Draft>): void =>
    setDrafts((all) => all.map((d) => (d.id === id ? { ...d, ...part } : d)));

  const look = async (id: number, input: Parameters<typeof api.imports.preview>[0]): Promise<void> => {
    const look = (looks.current.get(id) ?? 0) + 1;
    looks.current.set(id, look);
    // An answer that was overtaken by another question is of no use any more.
    const settle = (part: Partial<Draft>): void => {
      if (looks.current.get(id) === look) change(id, { ...part, busy: false });
    };
    change(id, { busy: true });
    try {
      settle({ preview: await api.imports.preview(input), error: null });
    } catch (error) {
      settle({ error });
    }
  };

  const send = async (id: number, file: File, part?: string): Promise<void> => {
    const wanted = part === undefined ? '' : `&part=${encodeURIComponent(part)}`;
    try {
      const answer = await upload(`/uploads?name=${encodeURIComponent(file.name)}${wanted}`, file, {
        headers: { 'content-type': 'application/octet-stream' },
        onProgress: (sent) => change(id, { sent }),
      });
      await look(id, { uploadId: uploadIdOf(answer) });
    } catch (error) {
      change(id, { busy: false, error });
    }
  };

  return {
    drafts,
    add: (files: readonly File[]): void => {
      const fresh = files.map((file): Draft => {
        return { id: next.current++, file, sent: 0, preview: undefined, busy: true, error: null };
      });
      setDrafts((all) => [...all, ...fresh]);
      // One at a time: a browser's connections are few, and the reader looks at one at a time too.
      for (const { id, file } of fresh) queue.current = queue.current.then(() => send(id, file));
    },
    remove: (id: number): void => setDrafts((all) => all.filter((d) => d.id !== id)),
    /** Another sheet of its workbook: sent once more, since only what was read of it stays. */
    choosePart: (draft: Draft, part: string): void => {
      change(draft.id, { sent: 0, preview: undefined, busy: true, error: null });
      queue.current = queue.current.then(() => send(draft.id, draft.file, part));
    },
    chooseKind: (draft: Draft, kind: Kind): void => {
      if (draft.preview !== undefined) void look(draft.id, { uploadId: draft.preview.uploadId, kind });
    },
    chooseMapping: (draft: Draft, mapping: Mapping): void => {
      const { preview } = draft;
      if (preview === undefined || preview.kind === null) return;
      change(draft.id, { preview: { ...preview, mapping } });
      void look(draft.id, { uploadId: preview.uploadId, kind: preview.kind, mapping });
    },
    /** Starts every draft that is ready; those that the server refuses stay, with the reason. */
    startAll: async (): Promise<void> => {
      for (const { id, preview } of drafts.filter(isReady)) {
        if (preview === undefined || preview.kind === null || preview.mapping === null) continue;
        const { uploadId, kind, mapping } = preview;
        try {
          const made = await api.imports.create({ uploadId, kind, mapping });
          await api.imports.start({ importId: made.id });
          setDrafts((all) => all.filter((d) => d.id !== id));
        } catch (error) {
          change(id, { error });
        }
      }
    },
  };
}

function uploadIdOf(answer: unknown): string {
  if (typeof answer === 'object' && answer !== null && 'uploadId' in answer && typeof answer.uploadId === 'string') {
    return answer.uploadId;
  }
  throw new Error('The server took the file and named it nothing.');
}
