import type { Permission, Role } from './permissions.ts';
import type { Log } from './log.ts';

/** A workspace as every request knows it. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  /** IANA time zone; days are its days. */
  readonly zone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** BCP 47: the language of the company. */
  readonly locale: string;
}

/** The session behind a signed-in user: its id, and the one workspace whose provider opened it, if one did. */
export interface SessionMark {
  readonly id: string;
  readonly workspaceId: string | null;
}

/** Who asks. */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'user'; readonly userId: string; readonly email: string; readonly session?: SessionMark }
  | {
      readonly kind: 'member';
      readonly userId: string;
      readonly email: string;
      readonly memberId: string;
      readonly role: Role;
      readonly session?: SessionMark;
    }
  | { readonly kind: 'key'; readonly keyId: string; readonly name: string };

/** What an operation adds to its entry in the audit log. Never a value that a person could be known by. */
export interface Trail {
  /** Who it was, where the request itself does not say: somebody who signs in. Their failures are written too. */
  by(caller: Caller & { readonly kind: 'user' }): void;
  /** Where, for an operation that names its workspace otherwise. */
  in(workspaceId: string): void;
  /** Which object, where no input or output says. */
  object(id: string): void;
  /** A field that has another value now. */
  changed(field: string, before: string | null, after: string | null): void;
}

/**
 * What a handler gets beside its input. `workspace` is there for every operation whose permission is one of a
 * workspace; reading it in a `public` or `session` operation is a defect and throws.
 */
export interface RequestContext {
  readonly caller: Caller;
  readonly workspace: Workspace;
  readonly permissions: ReadonlySet<Permission>;
  readonly requestId: string;
  readonly log: Log;
  /** The address of the caller, for rate limits and the audit log; never in a log line. */
  readonly ip: string;
  readonly trail: Trail;
  readonly headers: Headers;
  /** Set headers of the answer, such as a session's cookie. */
  readonly responseHeaders: Headers;
  readonly signal: AbortSignal;
}

/** Written by whom, for records that say so: a member's or a key's id. */
export function callerId(caller: Caller): string {
  if (caller.kind === 'member') return caller.memberId;
  if (caller.kind === 'key') return caller.keyId;
  return caller.kind === 'user' ? caller.userId : 'nobody';
}
