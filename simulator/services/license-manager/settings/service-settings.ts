/** License Manager's settings of one account in one Region. */
export interface ServiceSettings {
  readonly s3BucketArn?: string;
  readonly snsTopicArn?: string;
  readonly enableIntegration: boolean;
  readonly enableCrossAccountsDiscovery: boolean;
  readonly discoverySourceRegions?: readonly string[];
}

export const UNTOUCHED: ServiceSettings = { enableIntegration: false, enableCrossAccountsDiscovery: false };

/** Settings are kept by account and Region: what is linked in one Region is not linked in another. */
export class ServiceSettingsStore {
  private readonly settings = new Map<string, ServiceSettings>();

  get(accountId: string, region: string): ServiceSettings {
    return this.settings.get(`${accountId}/${region}`) ?? UNTOUCHED;
  }

  /** The settings as they are now, for readers that are shown the past. */
  copy(): ServiceSettingsStore {
    const copy = new ServiceSettingsStore();
    this.settings.forEach((settings, key) => copy.settings.set(key, settings));
    return copy;
  }

  put(accountId: string, region: string, settings: ServiceSettings): void {
    this.settings.set(`${accountId}/${region}`, settings);
  }
}
