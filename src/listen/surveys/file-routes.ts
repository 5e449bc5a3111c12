import { download } from '../../platform/files/serving.ts';
import type { House, Route } from '../../platform/house/house.ts';
import { notFound, Problem } from '../../platform/kernel/problem.ts';
import { selectFile } from './records/files.ts';
import { placeOf } from './uploading.ts';

/** Files of respondents for members: saved, never shown, whatever they say they are. */
export function fileRoutes({ files, records }: House): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/api/v1/surveys/:surveyId/files/:fileId',
      permission: 'responses:read',
      audit: { look: 'responses', id: 'surveyId' },
      rateLimit: { perMinute: 120, by: 'caller' },
      handle: async (_request, { workspace, params, permissions }) => {
        // What somebody photographed or wrote may say who they are.
        if (!permissions.has('people:read')) {
          throw new Problem('forbidden', 'Files of respondents are for who may see people.', {
            mend: 'Ask for the permission people:read.',
          });
        }
        const { surveyId = '', fileId = '' } = params;
        const file = await selectFile(records.db, { workspaceId: workspace.id, surveyId, id: fileId });
        if (file === null) throw notFound('file');
        return download(file.name, file.type, await files.open(placeOf(file)));
      },
    },
  ];
}
