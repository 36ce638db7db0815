import type { ActivationOverrideBehavior, AllowedOperation, GrantStatus } from '@aws-sdk/client-license-manager';
import { GranteePrincipal } from './grantee-principal';

/** What is the same in all versions of a grant. */
export interface GrantIdentity {
  readonly arn: string;
  /** The license for a grant that somebody made; the organization's grant for the grant of one of its accounts. */
  readonly parentArn: string;
  readonly licenseArn: string;
  readonly homeRegion: string;
  readonly grantorAccountId: string;
  readonly granteePrincipalArn: string;
  readonly grantee: GranteePrincipal;
}

/** What a version says; status and reason may still change within a version, when its workflow ends. */
export interface GrantContent {
  readonly name: string;
  readonly operations: readonly AllowedOperation[];
  readonly status: GrantStatus;
  readonly statusReason?: string;
  readonly override?: ActivationOverrideBehavior;
}

export interface GrantOptions {
  /** @default - none */
  readonly tags?: ReadonlyMap<string, string>;
  /** Otherwise a status may change within a version. */
  readonly everyChangeIsAVersion: boolean;
}

/** A grant with all its versions. */
export class Grant {
  readonly tags: Map<string, string>;

  /** The last activation or deactivation of an organization's grant as a whole: accounts that come later get the same. */
  wholeGroupIsActive = false;
  /** Who chose the override that the current version has. */
  overrideChosenBy: 'grantor' | 'grantee' | undefined;

  /** Index 0 is version 1. */
  private readonly contents: GrantContent[];

  constructor(readonly identity: GrantIdentity, content: GrantContent, private readonly options: GrantOptions) {
    this.contents = [content];
    this.tags = new Map(options.tags);
  }

  /** The grant as it is now, for readers that are shown the past. */
  copy(): Grant {
    const [first, ...others] = this.contents;
    const copy = new Grant(this.identity, first, { ...this.options, tags: this.tags });
    copy.contents.push(...others);
    copy.wholeGroupIsActive = this.wholeGroupIsActive;
    copy.overrideChosenBy = this.overrideChosenBy;
    return copy;
  }

  get arn(): string {
    return this.identity.arn;
  }

  get current(): GrantContent {
    return this.contents[this.contents.length - 1];
  }

  get status(): GrantStatus {
    return this.current.status;
  }

  /** Versions are numbers written as text and begin with 1, as read from real grants. */
  get version(): string {
    return String(this.contents.length);
  }

  isToGroup(): boolean {
    return this.identity.grantee.kind !== 'account';
  }

  /**
   * Whether the grant takes the one place that its product has in an account.
   * Guess: a workflow for an active grant does not free the place before it has ended.
   */
  isActive(): boolean {
    const previous = this.contents[this.contents.length - 2];
    return this.status === 'ACTIVE' || (this.status === 'PENDING_WORKFLOW' && previous?.status === 'ACTIVE');
  }

  granteeAccountId(): string | undefined {
    return this.identity.grantee.kind === 'account' ? this.identity.grantee.accountId : undefined;
  }

  contentOf(version: string): GrantContent | undefined {
    return this.contents[Number(version) - 1];
  }

  /** A new version. */
  revise(changes: Partial<GrantContent>): void {
    this.contents.push({ ...this.current, ...changes });
  }

  /** A new status, without anybody having asked for a new version. */
  settle(status: GrantStatus, statusReason?: string): void {
    const content = { ...this.current, status, statusReason };
    if (!this.options.everyChangeIsAVersion) this.contents.pop();
    this.contents.push(content);
  }
}
