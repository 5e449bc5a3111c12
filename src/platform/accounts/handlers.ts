import { implement } from '@orpc/server';
import type { House } from '../house/house.ts';
import type { RequestContext, SessionMark } from '../kernel/context.ts';
import { Problem } from '../kernel/problem.ts';
import { userById } from '../workspaces/records.ts';
import { userOf } from '../workspaces/sessions.ts';
import { accountsContract } from './contract.ts';
import * as records from './records.ts';
import { askForReset, finishReset } from './reset.ts';
import { beginSecondFactor, confirmSecondFactor, refuseProvided, removeSecondFactor, renewRecoveryCodes } from './second-factor.ts'; // prettier-ignore

const os = implement(accountsContract).$context<RequestContext>();
const ok = { ok: true } as const;

export function accountsHandlers(house: House) {
  const { db } = house.records;
  return os.router({
    get: os.get.handler(async ({ context }) => {
      const { userId } = userOf(context);
      const user = await userById(db, userId);
      if (user === null) throw new Problem('unauthenticated', 'This account is gone.');
      const factor = await records.factorOf(db, userId);
      const mark = markOf(context);
      const sessions = await records.sessionsOf(db, userId, house.clock.now());
      return {
        user,
        hasPassword: (await records.passwordHashOf(db, userId)) !== null,
        provided: mark.workspaceId !== null,
        twoFactor: {
          on: factor !== null && factor.confirmedAt !== null,
          recoveryCodesLeft: await records.recoveryCodesLeft(db, userId),
        },
        sessions: sessions
          .filter((s) => seenBy(mark, s))
          .map((s) => ({
            id: s.id,
            current: s.id === mark.id,
            browser: s.userAgent ?? '',
            createdAt: s.createdAt.toISOString(),
            expiresAt: s.expiresAt.toISOString(),
          })),
      };
    }),
    endSession: os.endSession.handler(async ({ input, context }) => {
      const { userId } = userOf(context);
      const mark = markOf(context);
      const all = await records.sessionsOf(db, userId, house.clock.now());
      const one = all.find((s) => s.id === input.sessionId && seenBy(mark, s));
      if (one === undefined || !(await records.endSession(db, userId, one.id))) {
        throw new Problem('not-found', 'There is no such session of yours.');
      }
      return ok;
    }),
    endOthers: os.endOthers.handler(async ({ context }) => {
      refuseProvided(context);
      return { ended: await records.endOtherSessions(db, userOf(context).userId, markOf(context).id) };
    }),
    beginTwoFactor: os.beginTwoFactor.handler(({ input, context }) => {
      refuseProvided(context);
      const { userId: id, email } = userOf(context);
      return beginSecondFactor(house, { id, email }, input.password);
    }),
    confirmTwoFactor: os.confirmTwoFactor.handler(async ({ input, context }) => {
      refuseProvided(context);
      return { recoveryCodes: await confirmSecondFactor(house, userOf(context).userId, input.code) };
    }),
    removeTwoFactor: os.removeTwoFactor.handler(async ({ input, context }) => {
      refuseProvided(context);
      await removeSecondFactor(house, userOf(context).userId, input.password, input.code);
      return ok;
    }),
    renewRecoveryCodes: os.renewRecoveryCodes.handler(async ({ input, context }) => {
      refuseProvided(context);
      return { recoveryCodes: await renewRecoveryCodes(house, userOf(context).userId, input.password, input.code) };
    }),
    resetWays: os.resetWays.handler(() => ({ byMail: house.mail.available })),
    askForReset: os.askForReset.handler(async ({ input }) => {
      await askForReset(house, input.email, input.language);
      return ok;
    }),
    finishReset: os.finishReset.handler(async ({ input, context }) => {
      await finishReset(house, context, input.token, input.password);
      return ok;
    }),
  });
}

function markOf(context: RequestContext): SessionMark {
  const { caller } = context;
  const mark = caller.kind === 'user' || caller.kind === 'member' ? caller.session : undefined;
  if (mark === undefined) throw new Problem('forbidden', 'This is for people who are signed in, not for a key.');
  return mark;
}

/** Who came through a company's provider sees what was opened through it, and no more. */
function seenBy(mark: SessionMark, session: records.SessionRow): boolean {
  return mark.workspaceId === null || mark.workspaceId === session.workspaceId;
}
