import {
  CreateGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, LicenseManagerClient, ListTagsForResourceCommand, RejectGrantCommand,
  TagResourceCommand,
} from '@aws-sdk/client-license-manager';
import { LINUX } from './requests';

const CHANGE_MILLISECONDS = 600_000;

interface SimulatedWorld {
  readonly aws: { readonly endpoint: string; grants(): readonly { grantArn: string; version: string }[] };
  /** Lets License Manager finish. */
  readonly pass: (milliseconds: number) => Promise<void>;
}

interface NewGrant {
  readonly granteeAccount?: string;
  readonly name?: string;
  readonly tags?: Record<string, string>;
}

/** What people do to grants in the console, in any account. */
export class ByHand {
  private calls = 0;

  constructor(private readonly world: SimulatedWorld) {}

  async createGrant(changes: NewGrant = {}): Promise<string> {
    const { GrantArn } = await this.client().send(new CreateGrantCommand({
      ClientToken: this.token(),
      GrantName: changes.name ?? 'made in the console',
      LicenseArn: LINUX,
      Principals: [`arn:aws:iam::${changes.granteeAccount ?? '222222222222'}:root`],
      HomeRegion: 'us-east-1',
      AllowedOperations: ['CheckoutLicense', 'ListPurchasedLicenses'],
      Tags: Object.entries(changes.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
    }));
    await this.world.pass(CHANGE_MILLISECONDS);
    return GrantArn!;
  }

  async setStatus(grantArn: string, Status: 'ACTIVE' | 'DISABLED'): Promise<void> {
    await this.client().send(new CreateGrantVersionCommand({ ClientToken: this.token(), GrantArn: grantArn, Status }));
    await this.world.pass(CHANGE_MILLISECONDS);
  }

  async rejectGrant(grantArn: string, granteeAccount = '222222222222'): Promise<void> {
    await this.client(granteeAccount).send(new RejectGrantCommand({ GrantArn: grantArn }));
  }

  async deleteGrant(grantArn: string): Promise<void> {
    const { version } = this.world.aws.grants().find((grant) => grant.grantArn === grantArn)!;
    await this.client().send(new DeleteGrantCommand({ GrantArn: grantArn, Version: version }));
    await this.world.pass(CHANGE_MILLISECONDS);
  }

  async tag(grantArn: string, tags: Record<string, string>): Promise<void> {
    await this.client().send(new TagResourceCommand({ ResourceArn: grantArn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }));
  }

  async tagsOf(grantArn: string): Promise<Record<string, string>> {
    const { Tags = [] } = await this.client().send(new ListTagsForResourceCommand({ ResourceArn: grantArn }));
    return Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  }

  private client(accountId = '111111111111'): LicenseManagerClient {
    return new LicenseManagerClient({
      endpoint: this.world.aws.endpoint, region: 'us-east-1', credentials: { accessKeyId: accountId, secretAccessKey: 'any' },
    });
  }

  private token(): string {
    this.calls += 1;
    return `by-hand-${this.calls}`;
  }
}
