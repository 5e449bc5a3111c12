import { createHmac, randomBytes } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The code of a step: HOTP (RFC 4226 §5.3) over the time step of RFC 6238, SHA-1, which is what the apps know. */
export function codeOf(secret: Buffer, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

export function stepAt(now: Date): number {
  return Math.floor(now.getTime() / 1_000 / STEP_SECONDS);
}

/** The step whose code this is, among the present one and its neighbours and after the last that was used; else null. */
export function stepOfCode(secret: Buffer, code: string, now: Date, lastStep: number): number | null {
  const present = stepAt(now);
  for (const step of [present, present - 1, present + 1]) {
    if (step > lastStep && codeOf(secret, step) === code) return step;
  }
  return null;
}

/** 160 random bits, as RFC 4226 §4 asks for. */
export function freshSecret(): Buffer {
  return randomBytes(20);
}

/** RFC 4648 §6, without padding: how the apps take a secret. */
export function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((held >> bits) & 31);
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + ALPHABET.charAt((held << (5 - bits)) & 31);
}

/** What a QR code for the apps holds. */
export function otpauthUri(secret: Buffer, email: string): string {
  const label = `Touchstone:${encodeURIComponent(email)}`;
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=Touchstone&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}

/** Ten codes of 80 bits, in four groups. */
export function freshRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => (base32(randomBytes(10)).match(/.{4}/g) ?? []).join('-').toLowerCase());
}
