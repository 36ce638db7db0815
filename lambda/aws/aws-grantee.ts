import { assumeRole } from './assume-role';
import type { Assumption } from './assume-role';
import { AwsReceivedGrants } from './aws-received-grants';
import { Clients } from './clients';
import type { Patience } from './patience';
import type { Grant, GrantChanges } from '../domain/grant/grant';
import { RoleUnusable } from '../domain/grant/grantee-gateway';
import type { GranteeGateway } from '../domain/grant/grantee-gateway';
import type { GrantAnswer } from '../domain/grant/license-manager-gateway';
import { isAccessDenied } from '../domain/service-error';
import type { ServiceError } from '../domain/service-error';

/** License Manager in a grantee's account, by means of a role there that is assumed when it is first needed, for the time of one request. */
export class AwsGrantee implements GranteeGateway {
  private licenseManager?: Promise<AwsReceivedGrants>;

  constructor(
    private readonly clients: Clients,
    private readonly assumption: Assumption,
    private readonly homeRegion: string,
    private readonly patience: Patience,
  ) {}

  async verifyAccess(): Promise<void> {
    await this.as((licenseManager) => licenseManager.listReceivedGrants({}));
  }

  async findGrant(grantArn: string): Promise<Grant | undefined> {
    return this.as((licenseManager) => licenseManager.findGrant(grantArn));
  }

  async acceptGrant(grantArn: string): Promise<GrantAnswer> {
    return this.as((licenseManager) => licenseManager.acceptGrant(grantArn));
  }

  async createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer> {
    return this.as((licenseManager) => licenseManager.createGrantVersion(grantArn, sourceVersion, changes, clientToken));
  }

  private async as<Result>(use: (licenseManager: AwsReceivedGrants) => Promise<Result>): Promise<Result> {
    this.licenseManager ??= this.signIn();
    const licenseManager = await this.licenseManager;
    try {
      return await use(licenseManager);
    } catch (error) {
      throw isAccessDenied(error) ? this.lacksPermission(error) : error;
    }
  }

  private async signIn(): Promise<AwsReceivedGrants> {
    try {
      const { AccessKeyId, SecretAccessKey, SessionToken } = await assumeRole(this.clients, this.assumption, this.patience);
      const credentials = { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken };
      return new AwsReceivedGrants(new Clients(credentials), this.homeRegion, this.patience);
    } catch (error) {
      throw isAccessDenied(error) ? this.cannotBeAssumed(error) : error;
    }
  }

  /** STS has the same answer for a role that is not there and for one that does not trust the caller. */
  private cannotBeAssumed(refusal: ServiceError): RoleUnusable {
    const { roleArn, externalId } = this.assumption;
    return new RoleUnusable(`Assuming the role ${roleArn}, which accepts the grant`, refusal.message,
      'check that the role exists, that its trust policy names the role of this function and the organization (EntitlementsMemberRole with '
      + `\`grantorRole\` and \`organizationId\`), that it asks for ${externalId === undefined ? 'no external id' : `the external id '${externalId}'`}, `
      + 'and that no service control policy or permissions boundary denies sts:AssumeRole, then deploy again');
  }

  private lacksPermission({ action, resource, message }: ServiceError): RoleUnusable {
    return new RoleUnusable(`${action} on ${resource} with the role ${this.assumption.roleArn}`, message,
      `allow ${action} to that role, as EntitlementsMemberRole does, and check that no service control policy denies it in ${this.homeRegion}, then deploy again`);
  }
}
