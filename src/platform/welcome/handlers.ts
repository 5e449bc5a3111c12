import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext } from '../kernel/context.ts';
import { changeSetting, readSetting } from '../workspaces/facade.ts';
import { welcomeContract } from './contract.ts';
import { welcomeSetting } from './setting.ts';

export function welcomeHandlers(house: House) {
  const os = implement(welcomeContract).$context<RequestContext>();
  const url = house.config.publicUrl;
  return os.router({
    get: os.get.handler(async ({ context }) => ({
      ...(await readSetting(house.records.db, context.workspace.id, welcomeSetting)),
      url,
    })),
    set: os.set.handler(async ({ input, context }) => {
      const { workspace, trail } = context;
      const has = [...new Set(input.has)];
      const said = await changeSetting(house, workspace.id, welcomeSetting, (before) => {
        trail.changed('kind', before.kind, input.kind);
        trail.changed('has', before.has.join(' '), has.join(' '));
        return { kind: input.kind, has };
      });
      trail.object(workspace.id);
      return { ...said, url };
    }),
  });
}
