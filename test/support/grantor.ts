import {
  ActivationOverrideBehavior, CreateGrantCommand, CreateGrantVersionCommand, DeleteGrantCommand, GetGrantCommand, LicenseManagerClient,
} from '@aws-sdk/client-license-manager';
import { LINUX_LICENSE, MANAGEMENT_ACCOUNT } from './rehearsed-stacks';

/** Somebody who grants licenses by hand, with the credentials of an account. */
export class Grantor {
  private readonly client: LicenseManagerClient;
  private calls = 0;

  constructor(endpoint: string, private readonly accountId = MANAGEMENT_ACCOUNT) {
    this.client = new LicenseManagerClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: accountId, secretAccessKey: 'any' } });
  }

  /** Returns the ARN of the new grant. */
  async grant(principal: string, { license = LINUX_LICENSE, name = 'by hand' } = {}): Promise<string> {
    const { GrantArn } = await this.client.send(new CreateGrantCommand({
      ClientToken: this.token(),
      GrantName: name,
      LicenseArn: license,
      HomeRegion: 'us-east-1',
      Principals: [principal],
      AllowedOperations: ['CheckoutLicense'],
    }));
    return GrantArn!;
  }

  async switch(grantArn: string, status: 'ACTIVE' | 'DISABLED', override?: ActivationOverrideBehavior): Promise<void> {
    const Options = override && { ActivationOverrideBehavior: override };
    await this.client.send(new CreateGrantVersionCommand({ ClientToken: this.token(), GrantArn: grantArn, Status: status, Options }));
  }

  async delete(grantArn: string): Promise<void> {
    const { Grant: grant } = await this.client.send(new GetGrantCommand({ GrantArn: grantArn }));
    await this.client.send(new DeleteGrantCommand({ GrantArn: grantArn, Version: grant!.Version! }));
  }

  stop(): void {
    this.client.destroy();
  }

  /** Another one for every call. */
  private token(): string {
    this.calls += 1;
    return `by-hand-${this.accountId}-${this.calls}`;
  }
}
