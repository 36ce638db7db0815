import {
  AcceptGrantCommand, ActivationOverrideBehavior, CreateGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, GetGrantCommand,
  LicenseManagerClient, ListTagsForResourceCommand, RejectGrantCommand, TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-license-manager';
import { LINUX_LICENSE, MANAGEMENT_ACCOUNT } from './rehearsed-stacks';

/** Longer than License Manager takes for a change of any grant. */
const CHANGE_MILLISECONDS = 10 * 60 * 1000;

export interface LicenseAdministratorOptions {
  /** @default - the management account */
  readonly accountId?: string;
  /** Lets time pass after each change. @default - nothing is waited for */
  readonly pass?: (milliseconds: number) => Promise<void>;
}

/** Somebody who grants and receives licenses by hand, with the credentials of an account. */
export class LicenseAdministrator {
  private readonly client: LicenseManagerClient;
  private readonly accountId: string;
  private readonly pass: (milliseconds: number) => Promise<void>;
  private calls = 0;

  constructor(endpoint: string, { accountId = MANAGEMENT_ACCOUNT, pass = async () => {} }: LicenseAdministratorOptions = {}) {
    this.accountId = accountId;
    this.pass = pass;
    this.client = new LicenseManagerClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: accountId, secretAccessKey: 'any' } });
  }

  /** Returns the ARN of the new grant. */
  async grant(principal: string, { license = LINUX_LICENSE, name = 'by hand', tags = {} as Record<string, string> } = {}): Promise<string> {
    const { GrantArn } = await this.client.send(new CreateGrantCommand({
      ClientToken: this.token(),
      GrantName: name,
      LicenseArn: license,
      HomeRegion: 'us-east-1',
      Principals: [principal],
      AllowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'],
      Tags: awsTags(tags),
    }));
    await this.pass(CHANGE_MILLISECONDS);
    return GrantArn!;
  }

  async accept(grantArn: string): Promise<void> {
    await this.client.send(new AcceptGrantCommand({ GrantArn: grantArn }));
    await this.pass(CHANGE_MILLISECONDS);
  }

  async reject(grantArn: string): Promise<void> {
    await this.client.send(new RejectGrantCommand({ GrantArn: grantArn }));
    await this.pass(CHANGE_MILLISECONDS);
  }

  async switch(grantArn: string, status: 'ACTIVE' | 'DISABLED', override?: ActivationOverrideBehavior): Promise<void> {
    const Options = override && { ActivationOverrideBehavior: override };
    await this.client.send(new CreateGrantVersionCommand({ ClientToken: this.token(), GrantArn: grantArn, Status: status, Options }));
    await this.pass(CHANGE_MILLISECONDS);
  }

  async delete(grantArn: string): Promise<void> {
    const { Grant: grant } = await this.client.send(new GetGrantCommand({ GrantArn: grantArn }));
    await this.client.send(new DeleteGrantCommand({ GrantArn: grantArn, Version: grant!.Version! }));
    await this.pass(CHANGE_MILLISECONDS);
  }

  async tag(grantArn: string, tags: Record<string, string>): Promise<void> {
    await this.client.send(new TagResourceCommand({ ResourceArn: grantArn, Tags: awsTags(tags) }));
  }

  async untag(grantArn: string, keys: readonly string[]): Promise<void> {
    await this.client.send(new UntagResourceCommand({ ResourceArn: grantArn, TagKeys: [...keys] }));
  }

  async tagsOf(grantArn: string): Promise<Record<string, string>> {
    const { Tags = [] } = await this.client.send(new ListTagsForResourceCommand({ ResourceArn: grantArn }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  }

  /** Another one for every call. */
  private token(): string {
    this.calls += 1;
    return `by-hand-${this.accountId}-${this.calls}`;
  }
}

function awsTags(tags: Record<string, string>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
