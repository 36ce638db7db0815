/** License Manager's settings of one account in one Region. */
export interface ServiceSettings {
  readonly s3BucketArn?: string;
  readonly snsTopicArn?: string;
  readonly enableIntegration: boolean;
  readonly enableCrossAccountsDiscovery: boolean;
  readonly discoverySourceRegions?: readonly string[];
}

const UNTOUCHED: ServiceSettings = { enableIntegration: false, enableCrossAccountsDiscovery: false };

/** Settings are kept by account and Region: what is linked in one Region is not linked in another. */
export class ServiceSettingsStore {
  private readonly settings = new Map<string, ServiceSettings>();

  get(accountId: string, region: string): ServiceSettings {
    return this.settings.get(`${accountId}/${region}`) ?? UNTOUCHED;
  }

  put(accountId: string, region: string, settings: ServiceSettings): void {
    this.settings.set(`${accountId}/${region}`, settings);
  }
}
