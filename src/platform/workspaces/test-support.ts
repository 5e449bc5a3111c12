import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { z } from 'zod';
import { Visitor } from '../../../test/support/visitor.ts';
import { openWorld, type Answer, type World } from '../../../test/support/world.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Role } from '../kernel/permissions.ts';
import { setUp } from './facade.ts';

export const PASSWORD = 'a long enough password';
export const SHOP = { zone: 'UTC', currency: 'EUR', locale: 'en' };

export interface Lark {
  readonly world: World;
  /** The owner whom the first set-up made, signed in. */
  readonly ada: Visitor;
  /** The first workspace. */
  readonly first: string;
  /** Somebody with this role in the first workspace, signed in. */
  member(role: Role): Promise<{ browser: Visitor; email: string; memberId: string }>;
}

/** A world that was set up: a first workspace with its owner. */
export async function openLark(clock: Clock): Promise<Lark> {
  const world = await openWorld({ clock });
  const email = 'ada@example.com';
  const made = await setUp(world.house, { company: 'Lark', name: 'Ada', email, password: PASSWORD, ...SHOP });
  const first = made.workspace.id;
  const ada = new Visitor(world.app);
  expect((await ada.signIn(email, PASSWORD)).status).toBe(200);
  ada.workspaceId = first;

  async function member(role: Role): Promise<{ browser: Visitor; email: string; memberId: string }> {
    const address = `${role}-${randomUUID()}@example.com`;
    const invited = await ada.call('POST', '/invitations', { email: address, role });
    const browser = new Visitor(world.app);
    const token = linkOf(invited);
    const joined = await browser.call('POST', '/invitations/accept', { token, name: role, password: PASSWORD });
    expect(joined).toMatchObject({ status: 200, body: { workspaceId: first } });
    browser.workspaceId = first;
    const memberId = itemsOf(await ada.call('GET', '/members')).find((m) => m.email === address)?.id ?? '';
    return { browser, email: address, memberId };
  }
  return { world, ada, first, member };
}

export const idOf = (answer: Answer): string => z.object({ id: z.string() }).parse(answer.body).id;
export const linkOf = (answer: Answer): string =>
  z.object({ link: z.string() }).parse(answer.body).link.split('/').at(-1) ?? '';
export const itemsOf = (answer: Answer) =>
  z.object({ items: z.array(z.object({ id: z.string(), email: z.string().optional() }).loose()) }).parse(answer.body)
    .items;
