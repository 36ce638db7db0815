import type { Grant as GrantAnswer, GrantedLicense, GrantStatus, ReceivedStatus } from '@aws-sdk/client-license-manager';
import { Variants } from '../variants';
import { Grant, GrantContent } from './grants/grant';
import { License } from './licenses/license';
import { statusAt } from './licenses/license-catalog';

/** What the operations that create, change or delete a grant answer. */
export interface GrantChangeAnswer {
  readonly GrantArn: string;
  readonly Status: GrantStatus;
  readonly Version: string;
}

export function grantChangeAnswer(grant: Grant): GrantChangeAnswer {
  return { GrantArn: grant.arn, Status: grant.status, Version: grant.version };
}

/** @param written the version that is asked for, and what it says */
export function grantAnswer(grant: Grant, variants: Variants, written: { version: string; content: GrantContent } = latest(grant)): GrantAnswer {
  const { version, content } = written;
  return {
    GrantArn: grant.arn,
    GrantName: content.name,
    ParentArn: shownParentArn(grant, variants),
    LicenseArn: grant.identity.licenseArn,
    GranteePrincipalArn: grant.identity.granteePrincipalArn,
    HomeRegion: grant.identity.homeRegion,
    GrantStatus: content.status,
    StatusReason: shownReason(content, variants),
    Version: version,
    GrantedOperations: [...content.operations],
    Options: content.override && variants.override === 'shown' ? { ActivationOverrideBehavior: content.override } : undefined,
  };
}

/** The license, or, for the grant of an account below an organization's grant, that grant. */
export function shownParentArn({ identity }: Grant, { parentOfAccountGrants }: Variants): string {
  return parentOfAccountGrants === 'organization-grant' ? identity.parentArn : identity.licenseArn;
}

function latest(grant: Grant): { version: string; content: GrantContent } {
  return { version: grant.version, content: grant.current };
}

function shownReason({ statusReason }: GrantContent, variants: Variants): string | undefined {
  return variants.statusReason === 'shown' ? statusReason : undefined;
}

/**
 * `CreateTime` is an ISO 8601 text in the model, but the service gives epoch seconds as a text (Terraform's data
 * source parses them so; AWS's sample for Bedrock, commit c5dc452). The simulator does what the service does.
 */
export const ANSWERS_THAT_LEAVE_THE_MODEL: ReadonlySet<string> = new Set(['GrantedLicense.CreateTime']);

/** A license as the holder of a grant sees it. */
export function receivedLicense(license: License, grant: Grant, variants: Variants, now: Date): GrantedLicense {
  return {
    LicenseArn: license.arn,
    LicenseName: license.product.name,
    ProductName: license.product.name,
    ProductSKU: license.product.sku,
    Issuer: { Name: license.product.issuer },
    HomeRegion: license.homeRegion,
    Status: statusAt(license, now),
    Validity: { Begin: instant(license.validity.begin), End: license.validity.end && instant(license.validity.end) },
    Beneficiary: license.subscriberAccountId,
    // Guess: what an entitlement of an AWS Marketplace license looks like.
    Entitlements: [{ Name: 'AWS::Marketplace::Usage', Value: 'Enabled', Unit: 'None' }],
    LicenseMetadata: [{ Name: 'grantArn', Value: grant.arn }],
    CreateTime: epochSeconds(license.validity.begin),
    Version: '1',
    ReceivedMetadata: {
      ReceivedStatus: receivedStatus(grant.status),
      ReceivedStatusReason: shownReason(grant.current, variants),
      AllowedOperations: [...grant.current.operations],
    },
  };
}

export function instant(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}

function epochSeconds(date: Date): string {
  return String(Math.floor(date.getTime() / 1000));
}

/** A received license has no PENDING_DELETE (model). Guess: it shows that something is going on. */
function receivedStatus(status: GrantStatus): ReceivedStatus {
  return status === 'PENDING_DELETE' ? 'PENDING_WORKFLOW' : status;
}
