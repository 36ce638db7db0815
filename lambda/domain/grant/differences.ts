import type { Grant, GrantChanges } from './grant';
import type { GrantSpec } from './grant-spec';
import type { Progress } from './step';

/** What has to change about the grant apart from its status. */
export function differences(desired: GrantSpec, grant: Grant): GrantChanges {
  return {
    ...(!desired.keepsExistingName && grant.name !== desired.name && { name: desired.name }),
    ...(desired.operations && !isSameSet(grant.operations, desired.operations) && { operations: desired.operations }),
  };
}

/**
 * The part of a changed activation that does not change the status: the reason, and the override. Stated once in a run,
 * since the service does not promise to show them again.
 */
export function restatement(desired: GrantSpec, grant: Grant, progress: Progress): GrantChanges {
  const { mode, override, reason } = desired.activation;
  if (mode === 'BY_GRANTEE' || statedBefore(desired, progress)) {
    return {};
  }
  const overrideDiffers = mode === 'ACTIVE' && override !== undefined && override !== grant.override
    && (desired.activation.changed || grant.override !== undefined);
  const reasonDiffers = desired.activation.changed && reason !== undefined && reason !== grant.statusReason;
  return {
    // An override is taken with the status ACTIVE only.
    ...(overrideDiffers && { status: 'ACTIVE', override }),
    ...((reasonDiffers || (overrideDiffers && reason !== undefined)) && { statusReason: reason }),
  };
}

/** The change that brings about the wanted status, with all that belongs to it. */
export function statusChange<Status extends 'ACTIVE' | 'DISABLED'>(desired: GrantSpec, status: Status): GrantChanges & { readonly status: Status } {
  const { override, reason } = desired.activation;
  return {
    status,
    ...(status === 'ACTIVE' && override !== undefined && { override }),
    ...(reason !== undefined && { statusReason: reason }),
  };
}

export function isEmpty(changes: GrantChanges): boolean {
  return Object.keys(changes).length === 0;
}

export function hasSubmitted(progress: Pick<Progress, 'submitted'>, status: 'ACTIVE' | 'DISABLED'): boolean {
  return progress.submitted.some((changes) => changes.status === status);
}

/** Whether all of these changes were submitted in this run, so that the service has had them and did not follow. */
export function wereSubmitted(progress: Progress, { name, operations }: GrantChanges): boolean {
  return (name === undefined || progress.submitted.some((changes) => changes.name === name))
    && (operations === undefined || progress.submitted.some((changes) => changes.operations && isSameSet(changes.operations, operations)));
}

function statedBefore(desired: GrantSpec, progress: Progress): boolean {
  const { override, reason } = desired.activation;
  return progress.submitted.some((changes) =>
    (reason === undefined || changes.statusReason === reason) && (override === undefined || changes.override === override));
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const members = new Set(one);
  return members.size === new Set(other).size && other.every((member) => members.has(member));
}
