import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { IAMClient } from '@aws-sdk/client-iam';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { SFNClient } from '@aws-sdk/client-sfn';
import { STSClient } from '@aws-sdk/client-sts';
import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import example from '../../../simulator/example-organization.json';
import licenseManager from '../../../simulator/models/license-manager.json';
import marketplaceAgreement from '../../../simulator/models/marketplace-agreement.json';
import organizations from '../../../simulator/models/organizations.json';
import { OrganizationDefinition } from '../../../simulator/organization/organization-definition';
import { parseOrganization } from '../../../simulator/organization/parse-organization';
import { SimulatedAws, SimulatedAwsOptions } from '../../../simulator/simulated-aws';
import { ApiCall } from '../../../simulator/wire/call-log';
import { WorkingClock } from '../../support/working-clock';

export const MANAGEMENT = '111111111111';
export const PAYMENTS = '222222222222';
export const SHARED = '333333333333';
/** Has its own subscription to the Linux product. */
export const SANDBOX = '444444444444';
export const WEB = '555555555555';
export const CLOSED = '666666666666';

export const LINUX = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000001';
export const SCANNER = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000002';
export const SANDBOX_LINUX = 'arn:aws:license-manager::294406891311:license:l-00000000000000000000000000000003';
export const LINUX_SKU = '02e38931-0000-4000-8000-000000000001';

/** As the example organization file, with nothing set up. */
export const BARE: OrganizationDefinition = parseOrganization(example);

/** Everything that managed entitlements need is set up: linked, and trusted access for AWS Marketplace. */
export const READY: OrganizationDefinition = {
  ...BARE,
  linked: true,
  trustedServices: ['license-management.marketplace.amazonaws.com'],
};

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A simulated AWS whose time stands still between calls; `pass` lets it go by. */
export class SimulatedOrganization {
  static async start(organization: OrganizationDefinition, options: Partial<SimulatedAwsOptions> = {}): Promise<SimulatedOrganization> {
    const clock = new SimulatedClock();
    return new SimulatedOrganization(clock, await SimulatedAws.start({ organization, clock, ...options }), options.variants !== undefined);
  }

  private readonly working: WorkingClock;
  private readonly clients: { destroy(): void }[] = [];

  private constructor(readonly clock: SimulatedClock, readonly aws: SimulatedAws, private readonly playsVariants: boolean) {
    this.working = new WorkingClock(clock);
  }

  licenseManager(account: string | Credentials, region = 'us-east-1'): LicenseManagerClient {
    return this.keep(new LicenseManagerClient(this.configuration(account, region)));
  }

  organizations(account: string | Credentials): OrganizationsClient {
    return this.keep(new OrganizationsClient(this.configuration(account, 'us-east-1')));
  }

  cloudFormation(account: string | Credentials, region = 'us-east-1'): CloudFormationClient {
    return this.keep(new CloudFormationClient(this.configuration(account, region)));
  }

  iam(account: string | Credentials): IAMClient {
    return this.keep(new IAMClient(this.configuration(account, 'us-east-1')));
  }

  sts(account: string | Credentials): STSClient {
    return this.keep(new STSClient(this.configuration(account, 'us-east-1')));
  }

  stepFunctions(account: string | Credentials, region = 'us-east-1'): SFNClient {
    return this.keep(new SFNClient(this.configuration(account, region)));
  }

  /** Lets simulated time go by, and whatever is due in it happen. */
  async pass(milliseconds: number): Promise<void> {
    await this.working.sleep(milliseconds);
  }

  /** Long enough for every workflow. */
  async settle(): Promise<void> {
    await this.pass(60 * 60 * 1000);
  }

  /** Also sees to it that all refusals were such as the services' models declare, if AWS was played as it is most likely. */
  async stop(): Promise<void> {
    this.clients.forEach((client) => client.destroy());
    await this.aws.stop();
    if (!this.playsVariants) expect(undeclaredErrors(this.aws.calls)).toEqual([]);
  }

  private configuration(account: string | Credentials, region: string) {
    const credentials = typeof account === 'string' ? { accessKeyId: account, secretAccessKey: 'any' } : account;
    return { endpoint: this.aws.endpoint, region, credentials, maxAttempts: 1 };
  }

  private keep<Client extends { destroy(): void }>(client: Client): Client {
    this.clients.push(client);
    return client;
  }
}

/** What the protocol itself refuses, before any operation is asked. */
const OF_THE_PROTOCOL = 'SerializationException';

const MODELS = [licenseManager, organizations, marketplaceAgreement];

/** Errors that the operation's model does not declare, of the services whose models name errors as the wire does. */
function undeclaredErrors(calls: readonly ApiCall[]): string[] {
  return calls.flatMap(({ service, operation, error }) => {
    const model = MODELS.find(({ metadata }) => [metadata.endpointPrefix, 'signingName' in metadata && metadata.signingName].includes(service));
    // Who lost the connection was answered nothing.
    if (!model || error === undefined || error.startsWith('ConnectionLost')) return [];
    const { errors } = (model.operations as unknown as Record<string, { readonly errors: readonly { readonly shape: string }[] }>)[operation];
    const [code] = error.split(':');
    return code === OF_THE_PROTOCOL || errors.some(({ shape }) => shape === code) ? [] : [`${service} ${operation}: ${error}`];
  });
}
