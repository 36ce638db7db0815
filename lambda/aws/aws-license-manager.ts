import {
  CreateGrantCommand,
  DeleteGrantCommand,
  GetServiceSettingsCommand,
  ListDistributedGrantsCommand,
  ListReceivedGrantsForOrganizationCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateServiceSettingsCommand,
} from '@aws-sdk/client-license-manager';
import type { AllowedOperation, Filter } from '@aws-sdk/client-license-manager';
import { allPages } from './all-pages';
import { ANY, LicenseManagerCalls, PAGE_SIZE, toAnswer, toFilters, toGrant } from './license-manager-calls';
import type { Grant } from '../domain/grant/grant';
import type { Tag } from '../domain/grant/grant-spec';
import type {
  DistributedGrantFilter, GrantAnswer, LicenseManagerGateway, NewGrant, ServiceSettings,
} from '../domain/grant/license-manager-gateway';
import type { ReceivedLicense } from '../domain/license/received-license';
import { isAccessDenied, isRefusedRequest } from '../domain/service-error';

/** AWS License Manager in one Region, for whoever grants licenses. */
export class AwsLicenseManager extends LicenseManagerCalls implements LicenseManagerGateway {
  async findGrant(grantArn: string): Promise<Grant | undefined> {
    try {
      return await this.getGrant(grantArn);
    } catch (error) {
      // Also the answer to a grant that does not exist, for which License Manager has no error of its own: the list decides.
      if (isRefusedRequest(error)) {
        return this.findInList(grantArn, error);
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

  private async findInList(grantArn: string, refusal: Error): Promise<Grant | undefined> {
    try {
      const [grant] = await this.listGrants({ GrantArns: [grantArn] });
      return grant;
    } catch (error) {
      // A function for certain grants alone has no list: then the refusal says all that there is to know.
      throw isAccessDenied(error) ? refusal : error;
    }
  }

  private async listGrants(input: { GrantArns?: string[]; Filters?: Filter[] }): Promise<Grant[]> {
    const grants = await allPages(async (NextToken) => {
      const command = new ListDistributedGrantsCommand({ ...input, MaxResults: PAGE_SIZE, NextToken });
      const page = await this.call('ListDistributedGrants', ANY, async () => this.client.send(command));
      return { items: page.Grants, nextToken: page.NextToken };
    });
    return grants.map(toGrant);
  }
}

function toTagShape({ key, value }: Tag): { Key: string; Value: string } {
  return { Key: key, Value: value };
}
