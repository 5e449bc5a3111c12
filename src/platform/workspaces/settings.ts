import type { z } from 'zod';
import type { Clock } from '../kernel/clock.ts';
import type { Db, Records } from '../stores/ports.ts';
import { lockSetting, putSetting, putUserSetting, settingOf, userSettingOf } from './setting.records.ts';

/** Something a workspace or a user may say of itself, under a name of its own, kept as JSON. */
export interface Setting<T> {
  readonly name: string;
  readonly shape: z.ZodType<T>;
  /** Holds until something is said. */
  readonly usual: T;
}

/** What a workspace says, or else what is usual. */
export async function readSetting<T>(db: Db, workspaceId: string, setting: Setting<T>): Promise<T> {
  const value = await settingOf(db, workspaceId, setting.name);
  return value === undefined ? setting.usual : setting.shape.parse(value);
}

/** Says something else; changes of the same setting at once come one after the other. Answers what holds now. */
export async function changeSetting<T>(
  house: { readonly records: Records; readonly clock: Clock },
  workspaceId: string,
  setting: Setting<T>,
  change: (before: T) => T,
): Promise<T> {
  return house.records.transaction(async (tx) => {
    await lockSetting(tx, workspaceId, setting.name);
    const value = change(await readSetting(tx, workspaceId, setting));
    await putSetting(tx, { workspaceId, name: setting.name, value, updatedAt: house.clock.now() });
    return value;
  });
}

/** What a user says, or else what is usual. */
export async function readUserSetting<T>(db: Db, userId: string, setting: Setting<T>): Promise<T> {
  const value = await userSettingOf(db, userId, setting.name);
  return value === undefined ? setting.usual : setting.shape.parse(value);
}

/** Says something else for a user; changes at once come one after the other. Answers what holds now. */
export async function sayUserSetting<T>(
  house: { readonly records: Records; readonly clock: Clock },
  userId: string,
  setting: Setting<T>,
  change: (before: T) => T,
): Promise<T> {
  return house.records.transaction(async (tx) => {
    await lockSetting(tx, userId, setting.name);
    const value = change(await readUserSetting(tx, userId, setting));
    await putUserSetting(tx, { userId, name: setting.name, value, updatedAt: house.clock.now() });
    return value;
  });
}
