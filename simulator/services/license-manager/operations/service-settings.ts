import type {
  GetServiceSettingsRequest, GetServiceSettingsResponse, UpdateServiceSettingsRequest, UpdateServiceSettingsResponse,
} from '@aws-sdk/client-license-manager';
import { CallContext, Operation } from '../../../wire/service';
import { invalidSetting, needsAllFeatures, notAllowed } from '../errors';
import { LicenseManagerState } from '../license-manager-state';
import { UNTOUCHED } from '../settings/service-settings';

export class GetServiceSettings implements Operation<GetServiceSettingsRequest, GetServiceSettingsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(_input: GetServiceSettingsRequest, { caller, region }: CallContext): GetServiceSettingsResponse {
    const settings = this.state.settings.get(caller.accountId, region);
    return {
      S3BucketArn: settings.s3BucketArn,
      SnsTopicArn: settings.snsTopicArn,
      OrganizationConfiguration: { EnableIntegration: settings.enableIntegration },
      EnableCrossAccountsDiscovery: settings.enableCrossAccountsDiscovery,
      CrossRegionDiscoverySourceRegions: settings.discoverySourceRegions && [...settings.discoverySourceRegions],
      // Linking shares self-managed licenses through AWS Resource Access Manager: License Manager user guide, "Settings".
      LicenseManagerResourceShareArn: settings.enableIntegration
        ? `arn:aws:ram:${region}:${caller.accountId}:resource-share/00000000-0000-4000-8000-000000000001`
        : undefined,
    };
  }
}

export class UpdateServiceSettings implements Operation<UpdateServiceSettingsRequest, UpdateServiceSettingsResponse> {
  constructor(private readonly state: LicenseManagerState) {}

  perform(input: UpdateServiceSettingsRequest, context: CallContext): UpdateServiceSettingsResponse {
    const { caller, region } = context;
    const before = this.state.settings.get(caller.accountId, region);
    const otherwise = this.state.variants.settingsLeftOut === 'kept' ? before : UNTOUCHED;
    const enableIntegration = input.OrganizationConfiguration?.EnableIntegration;
    // The name of the topic has to begin so: License Manager user guide, "Settings".
    if (input.SnsTopicArn !== undefined && !/:aws-license-manager-service-[^:]*$/.test(input.SnsTopicArn)) {
      throw invalidSetting(`The name of the SNS topic ${input.SnsTopicArn} does not begin with aws-license-manager-service-`);
    }
    // "Can never be reverted": License Manager user guide, "Troubleshooting".
    if (input.EnableCrossAccountsDiscovery === false && before.enableCrossAccountsDiscovery) {
      throw invalidSetting('EnableCrossAccountsDiscovery cannot be turned off again.');
    }
    if (enableIntegration === true) this.link(context);
    this.state.settings.put(caller.accountId, region, {
      s3BucketArn: input.S3BucketArn ?? otherwise.s3BucketArn,
      snsTopicArn: input.SnsTopicArn ?? otherwise.snsTopicArn,
      enableIntegration: enableIntegration ?? otherwise.enableIntegration,
      // Once on it stays on, whatever is left out.
      enableCrossAccountsDiscovery: input.EnableCrossAccountsDiscovery ?? before.enableCrossAccountsDiscovery,
      discoverySourceRegions: input.EnabledDiscoverySourceRegions ?? otherwise.discoverySourceRegions,
    });
    return {};
  }

  /** The management account of an organization with all features: License Manager user guide, "Settings". */
  private link({ caller, now }: CallContext): void {
    const { organization, linking } = this.state;
    if (organization?.managementAccountId !== caller.accountId) throw notAllowed(caller.accountId, 'link AWS Organizations accounts');
    if (organization.featureSet !== 'ALL') throw needsAllFeatures();
    linking.establish(organization, now);
  }
}
