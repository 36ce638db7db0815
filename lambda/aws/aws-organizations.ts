import {
  DeregisterDelegatedAdministratorCommand,
  DescribeOrganizationCommand,
  DisableAWSServiceAccessCommand,
  EnableAWSServiceAccessCommand,
  ListAWSServiceAccessForOrganizationCommand,
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import { allPages } from './all-pages';
import { call } from './call';
import { ONE_ATTEMPT_CONFIGURATION } from './client-configuration';
import type { Clients } from './clients';
import type { Patience } from './patience';
import type { Organization } from '../domain/organization/organization';
import type { OrganizationAccount } from '../domain/organization/organization-account';
import type { OrganizationsGateway } from '../domain/organization/organizations-gateway';
import { hasCode } from '../domain/service-error';

/** The one Region of each partition in which Organizations has its endpoint (AWS General Reference, endpoints). */
const REGIONS: Readonly<Record<string, string>> = {
  'aws': 'us-east-1',
  'aws-cn': 'cn-northwest-1',
  'aws-us-gov': 'us-gov-west-1',
};

/** AWS Organizations, for the time of one request. */
export class AwsOrganizations implements OrganizationsGateway {
  private organization?: Promise<Organization | undefined>;

  constructor(private readonly clients: Clients, private readonly partition: string, private readonly patience: Patience) {}

  /** Asked once: Organizations allows one such call per second and account, and many grants are made at a time. */
  async describeOrganization(): Promise<Organization | undefined> {
    this.organization ??= this.readOrganization();
    return this.organization;
  }

  async listTrustedServices(): Promise<string[]> {
    const services = await allPages(async (NextToken) => {
      const command = new ListAWSServiceAccessForOrganizationCommand({ NextToken });
      const page = await this.call('ListAWSServiceAccessForOrganization', async () => this.client.send(command));
      return { items: page.EnabledServicePrincipals, nextToken: page.NextToken };
    });
    return services.map(({ ServicePrincipal }) => ServicePrincipal!);
  }

  async listAccounts(): Promise<OrganizationAccount[]> {
    const accounts = await allPages(async (NextToken) => {
      const command = new ListAccountsCommand({ NextToken });
      const page = await this.call('ListAccounts', async () => this.client.send(command));
      return { items: page.Accounts, nextToken: page.NextToken };
    });
    return accounts.map(({ Id, State }) => ({ id: Id!, isActive: State === 'ACTIVE' }));
  }

  async enableTrustedAccess(servicePrincipal: string): Promise<void> {
    const command = new EnableAWSServiceAccessCommand({ ServicePrincipal: servicePrincipal });
    await this.call('EnableAWSServiceAccess', async () => this.client.send(command));
  }

  async disableTrustedAccess(servicePrincipal: string): Promise<void> {
    const command = new DisableAWSServiceAccessCommand({ ServicePrincipal: servicePrincipal });
    await this.call('DisableAWSServiceAccess', async () => this.client.send(command));
  }

  async listDelegatedAdministrators(servicePrincipal: string): Promise<string[]> {
    const administrators = await allPages(async (NextToken) => {
      const command = new ListDelegatedAdministratorsCommand({ ServicePrincipal: servicePrincipal, NextToken });
      const page = await this.call('ListDelegatedAdministrators', async () => this.client.send(command));
      return { items: page.DelegatedAdministrators, nextToken: page.NextToken };
    });
    return administrators.map(({ Id }) => Id!);
  }

  async registerDelegatedAdministrator(accountId: string, servicePrincipal: string): Promise<void> {
    const command = new RegisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal });
    await this.call('RegisterDelegatedAdministrator', async () => this.client.send(command));
  }

  async deregisterDelegatedAdministrator(accountId: string, servicePrincipal: string): Promise<void> {
    const command = new DeregisterDelegatedAdministratorCommand({ AccountId: accountId, ServicePrincipal: servicePrincipal });
    await this.call('DeregisterDelegatedAdministrator', async () => this.client.send(command));
  }

  private async readOrganization(): Promise<Organization | undefined> {
    try {
      const { Organization: organization } = await this.call('DescribeOrganization', async () => this.client.send(new DescribeOrganizationCommand({})));
      return organization && {
        id: organization.Id!,
        arn: organization.Arn!,
        managementAccountId: organization.MasterAccountId!,
        featureSet: organization.FeatureSet!,
      };
    } catch (error) {
      if (hasCode(error, ['AWSOrganizationsNotInUseException'])) {
        return undefined;
      }
      throw error;
    }
  }

  private get client(): OrganizationsClient {
    return this.clients.of(OrganizationsClient, REGIONS[this.partition], ONE_ATTEMPT_CONFIGURATION);
  }

  private async call<Output>(operation: string, send: () => Promise<Output>): Promise<Output> {
    return call(`organizations:${operation}`, '*', this.patience, send);
  }
}
