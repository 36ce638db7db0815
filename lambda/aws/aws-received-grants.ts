import { AcceptGrantCommand, ListReceivedGrantsCommand, RejectGrantCommand } from '@aws-sdk/client-license-manager';
import { allPages } from './all-pages';
import { ANY, LicenseManagerCalls, PAGE_SIZE, toAnswer, toFilters, toGrant } from './license-manager-calls';
import type { Grant } from '../domain/grant/grant';
import type { GrantAnswer } from '../domain/grant/license-manager-gateway';
import type { GrantSelection } from '../domain/received-grant/grant-selection';
import type { ReceivedGrantsGateway } from '../domain/received-grant/received-grants-gateway';
import { isAccessDenied, isRefusedRequest } from '../domain/service-error';

/** AWS License Manager in one Region, for an account that receives grants. */
export class AwsReceivedGrants extends LicenseManagerCalls implements ReceivedGrantsGateway {
  async findGrant(grantArn: string): Promise<Grant | undefined> {
    try {
      return await this.getGrant(grantArn);
    } catch (error) {
      // License Manager has no error of its own for a grant that does not exist, and does not document that it shows a grant
      // to its grantee by this call: the list decides.
      if (isRefusedRequest(error) || isAccessDenied(error)) {
        const [grant] = await this.listReceivedGrants({ grantArn });
        return grant;
      }
      throw error;
    }
  }

  async listReceivedGrants({ grantArn, licenseArn, productSku, grantorAccountId }: GrantSelection): Promise<Grant[]> {
    const grants = await allPages(async (NextToken) => {
      const command = new ListReceivedGrantsCommand({
        GrantArns: grantArn === undefined ? undefined : [grantArn],
        // Spelled as in the API.
        Filters: toFilters({ LicenseArn: licenseArn, ProductSKU: productSku, GranterAccountId: grantorAccountId }),
        MaxResults: PAGE_SIZE,
        NextToken,
      });
      const page = await this.call('ListReceivedGrants', ANY, async () => this.client.send(command));
      return { items: page.Grants, nextToken: page.NextToken };
    });
    return grants.map(toGrant);
  }

  async acceptGrant(grantArn: string): Promise<GrantAnswer> {
    return toAnswer(await this.call('AcceptGrant', grantArn, async () => this.client.send(new AcceptGrantCommand({ GrantArn: grantArn }))));
  }

  async rejectGrant(grantArn: string): Promise<GrantAnswer> {
    return toAnswer(await this.call('RejectGrant', grantArn, async () => this.client.send(new RejectGrantCommand({ GrantArn: grantArn }))));
  }
}
