import { z } from 'zod';
import { bytesOf } from '../../platform/files/receiving.ts';
import { serve } from '../../platform/files/serving.ts';
import { exportRoutes } from '../../platform/house/exporting.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { badInput, notFound, Problem } from '../../platform/kernel/problem.ts';
import { badRows } from './bad-rows.ts';
import { selectImport, selectUpload } from './records.ts';
import { fileOf } from './source.ts';
import { takeUpload } from './uploads.ts';

export function importRoutes(house: House): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/v1/uploads',
      permission: 'imports:write',
      audit: { change: 'upload', id: 'uploadId' },
      rateLimit: { perMinute: 120, by: 'caller' },
      handle: async (request, { workspace }) => {
        const fileName = nameOf(request);
        const { id, bytes } = await takeUpload(house, {
          workspaceId: workspace.id,
          fileName,
          source: bytesOf(request.body),
          saidBytes: Number(request.headers.get('content-length') ?? '0'),
          part: new URL(request.url).searchParams.get('part') ?? undefined,
          signal: request.signal,
        });
        return Response.json({ uploadId: id, fileName, bytes }, { status: 201 });
      },
    },
    ...exportRoutes({
      path: '/api/v1/imports/:importId/errors',
      permission: 'imports:read',
      audit: { look: 'rows of an import', id: 'importId' },
      filter: z.object({}),
      open: async (_filter, { workspace, params }) => {
        const job = await selectImport(house.records.db, workspace.id, params['importId'] ?? '');
        if (job === null) throw notFound('import');
        return badRows(house.facts, workspace, job);
      },
    }),
    {
      method: 'GET',
      path: '/api/v1/imports/:importId/file',
      permission: 'imports:read',
      audit: { look: 'file of an import', id: 'importId' },
      rateLimit: { perMinute: 60, by: 'caller' },
      handle: async (_request, { workspace, params }) => {
        const job = await selectImport(house.records.db, workspace.id, params['importId'] ?? '');
        if (job === null) throw notFound('import');
        const upload = await selectUpload(house.records.db, workspace.id, job.uploadId);
        if (upload === null) {
          throw new Problem('not-found', 'The file is gone: it was kept as long as the workspace keeps files.', {
            code: 'import-file-gone',
          });
        }
        // Of a workbook or a packed file, what stays is the text it held.
        const { fileName } = upload;
        return serve(house.files, fileOf(upload.id), upload.origin === null ? fileName : `${fileName}.txt`);
      },
    },
  ];
}

/** The file's name: only ever shown. */
function nameOf(request: Request): string {
  const name = new URL(request.url).searchParams.get('name') ?? '';
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const shown = last.replace(/\p{Cc}/gu, '').trim();
  if (shown === '') throw badInput('name', name, 'The upload has no name.', 'POST /api/v1/uploads?name=orders.csv');
  return shown.slice(0, 200);
}
