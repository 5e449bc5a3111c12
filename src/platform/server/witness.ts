import { tell, type Told } from '../audit/facade.ts';
import type { House } from '../house/house.ts';
import type { Audited } from '../kernel/contract.ts';
import type { Caller, Trail } from '../kernel/context.ts';
import { workspacesOf } from '../workspaces/facade.ts';
import type { Admission } from './access.ts';
import type { Visit } from './api.ts';

const FIELDS_CAP = 60;

/** What the door saw of one request, for the audit log. */
export class Witness {
  #caller: Caller;
  #workspaceId: string | undefined;
  #objectId: string | undefined;
  #signsIn = false;
  readonly #changes: Told['changes'] = [];

  constructor(
    private readonly house: House,
    private readonly visit: Visit,
    private readonly name: string,
    private readonly audit: Audited | undefined,
    admission: Admission,
    ofWorkspace: boolean,
  ) {
    this.#caller = admission.caller;
    if (ofWorkspace) this.#workspaceId = admission.workspace.id;
  }

  readonly trail: Trail = {
    by: (caller) => {
      this.#caller = caller;
      this.#signsIn = true;
    },
    in: (workspaceId) => {
      this.#workspaceId = workspaceId;
    },
    object: (id) => {
      this.#objectId = id;
    },
    changed: (field, before, after) => {
      if (before !== after) this.#changes.push({ field, before, after });
    },
  };

  /**
   * It was done. `input` is what was sent, `output` what was answered: only names of fields and the id are taken.
   * A change is written when this resolves.
   */
  async saw(input: Readonly<Record<string, unknown>>, output: () => Promise<unknown>): Promise<void> {
    const { audit } = this;
    if (audit === undefined || 'none' in audit) return;
    const [kind, objectKind] =
      'change' in audit ? (['change', audit.change] as const) : (['look', audit.look] as const);
    const id = this.#objectId ?? (await idOf(audit.id, input, output));
    await this.#write(kind, objectKind, id, input);
  }

  /** It was refused: told where somebody known tried to sign in. */
  async refused(input: Readonly<Record<string, unknown>>): Promise<void> {
    const { audit } = this;
    if (!this.#signsIn || audit === undefined || !('change' in audit)) return;
    await this.#write('refused', audit.change, '', input);
  }

  async #write(kind: Told['kind'], objectKind: string, objectId: string, input: object): Promise<void> {
    const { house, visit } = this;
    const caller = this.#caller;
    const workspaces = await this.#workspaces();
    const told = {
      at: house.clock.now(),
      kind,
      operation: this.name,
      objectKind,
      objectId: objectId.slice(0, 200),
      fields: Object.keys(input).slice(0, FIELDS_CAP).map((field) => field.slice(0, 80)), // prettier-ignore
      changes: this.#changes,
      callerKind: caller.kind,
      ...nameOf(caller),
      address: visit.ip,
      requestId: visit.requestId,
    };
    await Promise.all(workspaces.map((workspaceId) => tell(house, { ...told, workspaceId })));
  }

  /** What a user does to the own account concerns every workspace that lets them in. */
  async #workspaces(): Promise<readonly string[]> {
    if (this.#workspaceId !== undefined) return [this.#workspaceId];
    const caller = this.#caller;
    return caller.kind === 'user' || caller.kind === 'member' ? workspacesOf(this.house, caller.userId) : [];
  }
}

function nameOf(caller: Caller): { callerId: string; callerName: string } {
  if (caller.kind === 'key') return { callerId: caller.keyId, callerName: caller.name };
  if (caller.kind === 'nobody') return { callerId: '', callerName: '' };
  return { callerId: caller.kind === 'member' ? caller.memberId : caller.userId, callerName: caller.email };
}

async function idOf(
  field: string | undefined,
  input: Readonly<Record<string, unknown>>,
  output: () => Promise<unknown>,
): Promise<string> {
  if (field === undefined) return '';
  const sent = input[field];
  if (typeof sent === 'string') return sent;
  const answered = await output();
  const found = typeof answered === 'object' && answered !== null ? Object.entries(answered) : [];
  const value = found.find(([name]) => name === field)?.[1];
  return typeof value === 'string' ? value : '';
}
