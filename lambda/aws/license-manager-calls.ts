import { CreateGrantVersionCommand, GetGrantCommand, LicenseManagerClient, ListReceivedLicensesCommand } from '@aws-sdk/client-license-manager';
import type {
  AllowedOperation, CreateGrantResponse, Filter, Grant as GrantShape, GrantedLicense, ListReceivedLicensesCommandInput,
} from '@aws-sdk/client-license-manager';
import { allPages } from './all-pages';
import { call } from './call';
import { ONE_ATTEMPT_CONFIGURATION } from './client-configuration';
import type { Clients } from './clients';
import type { Patience } from './patience';
import type { Grant, GrantChanges } from '../domain/grant/grant';
import type { GrantAnswer } from '../domain/grant/license-manager-gateway';
import type { ReceivedLicense } from '../domain/license/received-license';

/** Actions on lists and settings have no resource type. */
export const ANY = '*';

/** The most that License Manager puts on a page of any of its lists. */
export const PAGE_SIZE = 100;

/** AWS License Manager in one Region, as grantors and grantees call it alike. */
export abstract class LicenseManagerCalls {
  constructor(private readonly clients: Clients, private readonly region: string, private readonly patience: Patience) {}

  async createGrantVersion(grantArn: string, sourceVersion: string, changes: GrantChanges, clientToken: string): Promise<GrantAnswer> {
    const command = new CreateGrantVersionCommand({
      ClientToken: clientToken,
      GrantArn: grantArn,
      SourceVersion: sourceVersion,
      GrantName: changes.name,
      AllowedOperations: changes.operations && [...changes.operations] as AllowedOperation[],
      Status: changes.status,
      StatusReason: changes.statusReason,
      Options: changes.override && { ActivationOverrideBehavior: changes.override },
    });
    return toAnswer(await this.call('CreateGrantVersion', grantArn, async () => this.client.send(command)));
  }

  async findReceivedLicense(licenseArn: string): Promise<ReceivedLicense | undefined> {
    const licenses = await this.listReceivedLicenses({ LicenseArns: [licenseArn] });
    return licenses.find(({ arn }) => arn === licenseArn);
  }

  protected get client(): LicenseManagerClient {
    return this.clients.of(LicenseManagerClient, this.region, ONE_ATTEMPT_CONFIGURATION);
  }

  protected async getGrant(grantArn: string): Promise<Grant | undefined> {
    const { Grant: grant } = await this.call('GetGrant', grantArn, async () => this.client.send(new GetGrantCommand({ GrantArn: grantArn })));
    return grant && toGrant(grant);
  }

  protected async listReceivedLicenses(input: ListReceivedLicensesCommandInput): Promise<ReceivedLicense[]> {
    const licenses = await allPages(async (NextToken) => {
      const command = new ListReceivedLicensesCommand({ ...input, MaxResults: PAGE_SIZE, NextToken });
      const page = await this.call('ListReceivedLicenses', ANY, async () => this.client.send(command));
      return { items: page.Licenses, nextToken: page.NextToken };
    });
    return licenses.map((license) => toLicense(license, this.region));
  }

  protected async call<Output>(operation: string, resource: string, send: () => Promise<Output>): Promise<Output> {
    return call(`license-manager:${operation}`, resource, this.patience, send);
  }
}

/** License Manager takes one value per filter. */
export function toFilters(values: Readonly<Record<string, string | undefined>>): Filter[] {
  return Object.entries(values).flatMap(([Name, value]) => (value === undefined ? [] : [{ Name, Values: [value] }]));
}

/** Every call that makes or changes a grant is answered alike. */
export function toAnswer(answer: CreateGrantResponse): GrantAnswer {
  return { grantArn: answer.GrantArn!, status: answer.Status!, version: answer.Version! };
}

export function toGrant(grant: GrantShape): Grant {
  return {
    arn: grant.GrantArn!,
    name: grant.GrantName!,
    parentArn: grant.ParentArn!,
    licenseArn: grant.LicenseArn!,
    granteePrincipalArn: grant.GranteePrincipalArn!,
    homeRegion: grant.HomeRegion!,
    status: grant.GrantStatus!,
    statusReason: grant.StatusReason,
    version: grant.Version!,
    operations: grant.GrantedOperations!,
    override: grant.Options?.ActivationOverrideBehavior,
  };
}

function toLicense(license: GrantedLicense, region: string): ReceivedLicense {
  return {
    arn: license.LicenseArn!,
    productName: license.ProductName ?? '',
    productSku: license.ProductSKU ?? '',
    homeRegion: license.HomeRegion ?? region,
    status: license.Status ?? 'of unknown status',
    validityBegin: license.Validity?.Begin,
    validityEnd: license.Validity?.End,
    allowedOperations: license.ReceivedMetadata?.AllowedOperations ?? [],
  };
}
