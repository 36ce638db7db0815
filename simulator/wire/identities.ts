import { createHash } from 'node:crypto';
import { Caller, FunctionExecution, rootUser } from './caller';
import { Clock } from '../clock/clock';

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** Absent for credentials that the platform renews by itself, such as those of a function. */
  readonly expiration?: Date;
}

export interface SessionRequest {
  readonly accountId: string;
  readonly roleArn: string;
  readonly sessionName: string;
  /** @default - the credentials do not expire */
  readonly durationSeconds?: number;
  /** @default - the credentials are not those of a function */
  readonly sourceFunctionArn?: string;
  /** @default - the credentials are not those of a function */
  readonly execution?: FunctionExecution;
}

export type Identification = { readonly caller: Caller } | { readonly failure: 'unknown' | 'expired' };

interface Session {
  readonly credentials: SessionCredentials;
  readonly caller: Caller;
}

/**
 * Who a signature stands for. Signatures themselves are not checked: the simulator knows no secrets of root users, and
 * an access key id of 12 digits selects that account, as local AWS emulators agree.
 */
export class Identities {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly clock: Clock) {}

  issueCredentials(request: SessionRequest): SessionCredentials {
    const seed = `session ${this.sessions.size + 1} ${request.roleArn} ${request.sessionName}`;
    const credentials: SessionCredentials = {
      accessKeyId: `ASIA${identifier(seed, 16)}`,
      secretAccessKey: digest(`secret ${seed}`).toString('base64').slice(0, 40),
      sessionToken: digest(`token ${seed}`).toString('hex'),
      expiration: request.durationSeconds === undefined
        ? undefined
        : new Date(this.clock.now().getTime() + request.durationSeconds * 1000),
    };
    this.sessions.set(credentials.accessKeyId, { credentials, caller: roleSession(request, this.clock.now()) });
    return credentials;
  }

  identify(accessKeyId: string, sessionToken: string | undefined): Identification {
    if (/^\d{12}$/.test(accessKeyId)) return { caller: rootUser(accessKeyId) };
    const session = this.sessions.get(accessKeyId);
    if (!session || session.credentials.sessionToken !== sessionToken) return { failure: 'unknown' };
    const { expiration } = session.credentials;
    if (expiration && expiration <= this.clock.now()) return { failure: 'expired' };
    return { caller: session.caller };
  }
}

/** Who speaks with the credentials of a role. */
export function roleSession({ accountId, roleArn, sessionName, sourceFunctionArn, execution }: SessionRequest, issuedAt: Date): Caller {
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return {
    accountId,
    arn: `arn:aws:sts::${accountId}:assumed-role/${roleName}/${sessionName}`,
    userId: `AROA${identifier(roleArn, 17)}:${sessionName}`,
    role: { arn: roleArn, sessionName, issuedAt, sourceFunctionArn, execution },
  };
}

/** Capital letters and digits, as AWS writes its unique ids; the same text gives the same id. */
export function identifier(text: string, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return [...digest(text)].slice(0, length).map((byte) => alphabet[byte % alphabet.length]).join('');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
