import { acceptanceModeOf } from './acceptance-request';
import { checkStatusReason } from './status-reason';
import type { GrantProperties, TagProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import { isLicenseArn } from '../../domain/grant/arns';
import type { GrantSpec, Tag } from '../../domain/grant/grant-spec';
import { isOwnershipTag, ownershipTags, PROVISIONAL_TAG } from '../../domain/grant/ownership';
import type { Owner } from '../../domain/grant/ownership';
import type { Principal } from '../../domain/grant/principal';
import { locateStack } from '../custom-resource-event';
import { checkAccountLists, specifyActivation } from './activation-request';

/** What the template could not be checked for, since a token may have become anything by now. */
export function checkGrantProperties(properties: GrantProperties): void {
  const asked = `Grant of the license '${properties.LicenseArn}'`;
  if (!isLicenseArn(properties.LicenseArn)) {
    throw new Failure(asked, 'this is not the ARN of a license', "write it as 'arn:aws:license-manager::123456789012:license:l-0123456789abcdef', without a Region and without a slash");
  }
  if (properties.GrantName.trim() === '') {
    throw new Failure(asked, 'its name is empty', 'give `grantName` a value that is not empty when it is deployed, or leave it out');
  }
  checkAccountLists(properties.Activation, asked);
  [properties.Activation.Reason, properties.DeletionReason].forEach((reason) => checkStatusReason(asked, reason));
}

/** The grant that the properties describe. Before are the properties of the last deployment, nothing for a new grant. */
export function specify(properties: GrantProperties, grantee: Principal, owner: Owner, before?: Partial<GrantProperties>): GrantSpec {
  return {
    name: properties.GrantName,
    keepsExistingName: properties.KeepsExistingName === 'true',
    licenseArn: properties.LicenseArn,
    homeRegion: properties.HomeRegion,
    grantee,
    activation: specifyActivation(properties.Activation, before?.Activation, locateStack(owner.stackId).accountId),
    acceptance: acceptanceModeOf(properties),
    operations: properties.AllowedOperations,
    tags: [...userTags(properties.Tags), ...ownershipTags(owner)],
    // Without a choice, what the tags tell beside the owner is enough.
    provisionalTags: properties.Removal ? [PROVISIONAL_TAG] : [],
    adoptsExisting: properties.ExistingGrant === 'ADOPT',
    recreatesRejected: properties.RecreateIfRejected === 'true',
  };
}

/** Tags that say who made a grant are not the user's to choose. */
export function userTags(tags: readonly TagProperties[] | undefined): Tag[] {
  return (tags ?? []).filter(({ Key }) => !isOwnershipTag(Key)).map(({ Key, Value }) => ({ key: Key, value: Value }));
}

/** When to stop waiting: what the user allows, and never more than the function has. */
export function settlingDeadline(properties: Pick<GrantProperties, 'SettleWithinSeconds'>, now: number, deadline: number): number {
  return Math.min(now + Number(properties.SettleWithinSeconds) * 1_000, deadline);
}
