import {
  CreateGrantCommand,
  CreateGrantVersionCommand,
  DeleteGrantCommand,
  GetGrantCommand,
  GetServiceSettingsCommand,
  LicenseManagerClient,
  ListDistributedGrantsCommand,
  ListReceivedGrantsForOrganizationCommand,
  ListReceivedLicensesCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceSettingsCommand,
} from '@aws-sdk/client-license-manager';
import type {
  AllowedOperation,
  CreateGrantResponse,
  CreateGrantVersionResponse,
  Filter,
  Grant as GrantShape,
  GrantedLicense,
  ListReceivedLicensesCommandInput,
} from '@aws-sdk/client-license-manager';
import { allPages } from './all-pages';
import { call } from './call';
import { CLIENT_CONFIGURATION } from './client-configuration';
import type { Patience } from './patience';
import type { Grant, GrantChanges } from '../domain/grant/grant';
import type { Tag } from '../domain/grant/grant-spec';
import type {
  DistributedGrantFilter, GrantAnswer, LicenseManagerGateway, NewGrant, ServiceSettings,
} from '../domain/grant/license-manager-gateway';
import type { ReceivedLicense } from '../domain/license/received-license';
import { isRefusedRequest } from '../domain/service-error';

/** Actions on lists and settings have no resource type. */
const ANY = '*';

/** The most that License Manager puts on a page of any of its lists. */
const PAGE_SIZE = 100;

/** AWS License Manager in one Region. */
export class AwsLicenseManager implements LicenseManagerGateway {
  private readonly client: LicenseManagerClient;

  constructor(private readonly region: string, private readonly patience: Patience) {
    this.client = new LicenseManagerClient({ ...CLIENT_CONFIGURATION, region });
  }

  async findGrant(grantArn: string): Promise<Grant | undefined> {
    try {
      const { Grant: grant } = await this.call('GetGrant', grantArn, async () => this.client.send(new GetGrantCommand({ GrantArn: grantArn })));
      return grant && toGrant(grant);
    } catch (error) {
      // Also the answer to a grant that does not exist, for which License Manager has no error of its own: the list decides.
      if (isRefusedRequest(error)) {
        const [grant] = await this.listGrants({ GrantArns: [grantArn] });
        return grant;
      }
      throw error;
    }
  }

  async listDistributedGrants(filter: DistributedGrantFilter): Promise<Grant[]> {
    // Spelled as in the API, where the same filter is named differently from list to list.
    return this.listGrants({ Filters: toFilters({ LicenseArn: filter.licenseArn, GranteePrincipalARN: filter.granteePrincipalArn }) });
  }

  async listAccountGrants(licenseArn: string, parentGrantArn: string): Promise<Grant[]> {
    const grants = await allPages(async (NextToken) => {
      const input = { LicenseArn: licenseArn, Filters: toFilters({ ParentArn: parentGrantArn }), MaxResults: PAGE_SIZE, NextToken };
      const page = await this.call('ListReceivedGrantsForOrganization', ANY, async () =>
        this.client.send(new ListReceivedGrantsForOrganizationCommand(input)));
      return { items: page.Grants, nextToken: page.NextToken };
    });
    return grants.map(toGrant);
  }

  async createGrant(grant: NewGrant, clientToken: string): Promise<GrantAnswer> {
    const command = new CreateGrantCommand({
      ClientToken: clientToken,
      GrantName: grant.name,
      LicenseArn: grant.licenseArn,
      HomeRegion: grant.homeRegion,
      Principals: [grant.granteePrincipalArn],
      AllowedOperations: [...grant.operations] as AllowedOperation[],
      Tags: grant.tags.map(toTagShape),
    });
    return toAnswer(await this.call('CreateGrant', grant.licenseArn, async () => this.client.send(command)));
  }

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

  async deleteGrant(grantArn: string, version: string, reason?: string): Promise<void> {
    const command = new DeleteGrantCommand({ GrantArn: grantArn, Version: version, StatusReason: reason });
    await this.call('DeleteGrant', grantArn, async () => this.client.send(command));
  }

  async listTags(grantArn: string): Promise<Tag[]> {
    const command = new ListTagsForResourceCommand({ ResourceArn: grantArn });
    const { Tags: tags = [] } = await this.call('ListTagsForResource', grantArn, async () => this.client.send(command));
    return tags.map(({ Key, Value }) => ({ key: Key ?? '', value: Value ?? '' }));
  }

  async tag(grantArn: string, tags: readonly Tag[]): Promise<void> {
    const command = new TagResourceCommand({ ResourceArn: grantArn, Tags: tags.map(toTagShape) });
    await this.call('TagResource', grantArn, async () => this.client.send(command));
  }

  async untag(grantArn: string, keys: readonly string[]): Promise<void> {
    const command = new UntagResourceCommand({ ResourceArn: grantArn, TagKeys: [...keys] });
    await this.call('UntagResource', grantArn, async () => this.client.send(command));
  }

  async findReceivedLicense(licenseArn: string): Promise<ReceivedLicense | undefined> {
    const licenses = await this.listReceivedLicenses({ LicenseArns: [licenseArn] });
    return licenses.find(({ arn }) => arn === licenseArn);
  }

  async listReceivedLicensesOfProduct(productSku: string): Promise<ReceivedLicense[]> {
    return this.listReceivedLicenses({ Filters: toFilters({ ProductSKU: productSku }) });
  }

  async readServiceSettings(): Promise<ServiceSettings> {
    const settings = await this.call('GetServiceSettings', ANY, async () => this.client.send(new GetServiceSettingsCommand({})));
    return {
      linked: settings.OrganizationConfiguration?.EnableIntegration ?? false,
      s3BucketArn: settings.S3BucketArn,
      snsTopicArn: settings.SnsTopicArn,
    };
  }

  async setOrganizationsLinking(linked: boolean, settings: ServiceSettings): Promise<void> {
    // Discovery across accounts is left out: once turned on it cannot be turned off.
    const command = new UpdateServiceSettingsCommand({
      OrganizationConfiguration: { EnableIntegration: linked },
      S3BucketArn: settings.s3BucketArn,
      SnsTopicArn: settings.snsTopicArn,
    });
    await this.call('UpdateServiceSettings', ANY, async () => this.client.send(command));
  }

  private async listGrants(input: { GrantArns?: string[]; Filters?: Filter[] }): Promise<Grant[]> {
    const grants = await allPages(async (NextToken) => {
      const command = new ListDistributedGrantsCommand({ ...input, MaxResults: PAGE_SIZE, NextToken });
      const page = await this.call('ListDistributedGrants', ANY, async () => this.client.send(command));
      return { items: page.Grants, nextToken: page.NextToken };
    });
    return grants.map(toGrant);
  }

  private async listReceivedLicenses(input: ListReceivedLicensesCommandInput): Promise<ReceivedLicense[]> {
    const licenses = await allPages(async (NextToken) => {
      const command = new ListReceivedLicensesCommand({ ...input, MaxResults: PAGE_SIZE, NextToken });
      const page = await this.call('ListReceivedLicenses', ANY, async () => this.client.send(command));
      return { items: page.Licenses, nextToken: page.NextToken };
    });
    return licenses.map((license) => toLicense(license, this.region));
  }

  private async call<Output>(operation: string, resource: string, send: () => Promise<Output>): Promise<Output> {
    return call(`license-manager:${operation}`, resource, this.patience, send);
  }
}

/** License Manager takes one value per filter. */
function toFilters(values: Readonly<Record<string, string | undefined>>): Filter[] {
  return Object.entries(values).flatMap(([Name, value]) => (value === undefined ? [] : [{ Name, Values: [value] }]));
}

function toTagShape({ key, value }: Tag): { Key: string; Value: string } {
  return { Key: key, Value: value };
}

function toAnswer(answer: CreateGrantResponse | CreateGrantVersionResponse): GrantAnswer {
  return { grantArn: answer.GrantArn!, status: answer.Status!, version: answer.Version! };
}

function toGrant(grant: GrantShape): Grant {
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
