import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openVault, rotateKeys } from './keys.ts';
import { freshVaultKey, isSealed, keyOfSecret, makeVault } from './vault.ts';

const folder = mkdtempSync(join(tmpdir(), 'touchstone-vault-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = 'a secret, یک راز';

test('[VA1] opens to the same text, in its place only', () => {
  const vault = makeVault([freshVaultKey()]);
  const sealed = vault.seal(TEXT, 'a/1');
  expect(isSealed(sealed)).toBe(true);
  expect(sealed).not.toContain('secret');
  expect(vault.open(sealed, 'a/1')).toBe(TEXT);
  expect(vault.seal(TEXT, 'a/1')).not.toBe(sealed);
  expect(() => vault.open(sealed, 'a/2')).toThrow('belongs elsewhere');
  expect(() => vault.open(sealed.slice(0, -4), 'a/1')).toThrow('does not open');
  const at = sealed.length - 8;
  const turned = sealed.slice(0, at) + (sealed.charAt(at) === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
  expect(() => vault.open(turned, 'a/1')).toThrow('does not open');
});

test('[VA2] names its key, and says which setting is missing', () => {
  const [first, second] = [freshVaultKey(), freshVaultKey()];
  const sealed = makeVault([first]).seal(TEXT, 'a/1');
  const both = makeVault([second, first]);
  expect(both.open(sealed, 'a/1')).toBe(TEXT);
  const anew = both.reseal(sealed, 'a/1');
  expect(makeVault([second]).open(anew, 'a/1')).toBe(TEXT);
  expect(both.reseal(anew, 'a/1')).toBe(anew);
  expect(() => makeVault([second]).open(sealed, 'a/1')).toThrow(`${first.id}, which is not here. Bring back`);
  expect(() => makeVault([second]).open('plain', 'a/1')).toThrow('TOUCHSTONE_SECRET');
});

test('[VA3, VA5] the key file, TOUCHSTONE_SECRET, and neither', async () => {
  const where = { dataDir: folder, secrets: [], databaseUrl: undefined };
  const sealed = (await openVault(where)).seal(TEXT, 'a/1');
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect((await openVault(where)).open(sealed, 'a/1')).toBe(TEXT);

  const secret = 'x'.repeat(40);
  const named = await openVault({ ...where, secrets: [secret] });
  expect(named.open(sealed, 'a/1')).toBe(TEXT);
  expect(makeVault([keyOfSecret(secret)]).open(named.seal(TEXT, 'a/2'), 'a/2')).toBe(TEXT);

  const none = await openVault({ dataDir: join(folder, 'none'), secrets: [], databaseUrl: 'postgres://elsewhere' });
  expect(none.available).toBe(false);
  expect(() => none.seal(TEXT, 'a/1')).toThrow('no key');
});

test('[VA4] a rotated key file opens what was sealed before until it is settled', async () => {
  const where = { dataDir: folder, secrets: [], databaseUrl: undefined };
  const before = readFileSync(join(folder, 'secrets.json'), 'utf8');
  const sealed = (await openVault(where)).seal(TEXT, 'a/1');
  const { vault, settle } = await rotateKeys(where);
  const anew = vault.reseal(sealed, 'a/1');
  // A crash in between: both keys are there.
  expect((await openVault(where)).open(sealed, 'a/1')).toBe(TEXT);
  await settle();
  const after = await openVault(where);
  expect(after.open(anew, 'a/1')).toBe(TEXT);
  expect(() => after.open(sealed, 'a/1')).toThrow('which is not here');
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).not.toBe(before);
});
