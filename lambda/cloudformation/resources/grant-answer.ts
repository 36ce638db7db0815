import type { GrantAttributes } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import type { AccountConflict } from '../../domain/grant/account-conflict';
import type { Grant } from '../../domain/grant/grant';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import type { Outcome, Pending } from '../../domain/grant/reconciliation';
import type { Settled } from '../custom-resource';
import { conflictAttributes } from './conflict-attributes';

export type SettledGrant = Extract<Outcome, { kind: 'settled' }>;

/** A grant that is as desired, or pending and to be handed over to the workflow. */
export type Reached = SettledGrant | Pending;

export type Unsettled = Exclude<Outcome, { kind: 'settled' }>;

export function unsettled(desired: GrantSpec, outcome: Unsettled): Failure {
  return new Failure(describeGrant(desired, outcome.grant), outcome.kind === 'pending' ? `not settled in time: ${outcome.why}` : outcome.why, outcome.next);
}

/** One is pending only after it was found or created. */
export function grantArnOf(reached: Reached): string {
  return reached.kind === 'settled' ? reached.grant.arn : reached.grantArn!;
}

export function settledAs({ grant, conflicts }: SettledGrant): Settled<GrantAttributes> {
  return {
    physicalId: grant.arn,
    attributes: {
      GrantArn: grant.arn, GrantName: grant.name, Status: grant.status, Version: grant.version, ...conflictAttributes(conflicts),
    },
  };
}

/** What is known of a grant that License Manager is still working on. */
export function settledSoFar(desired: GrantSpec, reached: Pending): Settled<GrantAttributes> {
  const { grant, progress } = reached;
  const grantArn = grantArnOf(reached);
  return {
    physicalId: grantArn,
    attributes: {
      GrantArn: grantArn,
      GrantName: (desired.keepsExistingName ? grant?.name : undefined) ?? desired.name,
      Status: grant?.status ?? 'PENDING_WORKFLOW',
      Version: grant?.version ?? progress.answeredVersion ?? '',
      ...conflictAttributes([]),
    },
  };
}

/** A grant that cannot be what it was, and that no deployment can help. */
export function settledAsItIs(grant: Grant, failure: Failure, conflicts: readonly AccountConflict[] = []): Settled<GrantAttributes> {
  return { ...settledAs({ kind: 'settled', grant, conflicts }), reason: `the grant stays ${grant.status}: ${failure.message}` };
}

export function describeGrant(desired: GrantSpec, grant: Grant | undefined): string {
  return grant
    ? `Grant ${grant.arn} to ${desired.grantee.arn} (${grant.status}, version ${grant.version})`
    : `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn}`;
}
