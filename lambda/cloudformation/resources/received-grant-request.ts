import { checkStatusReason } from './status-reason';
import type { ReceivedGrantProperties, ReceivedGrantRemovalKind, ReceivedGrantResponseKind } from '../../../lib/received-grant/received-grant-properties';
import { Failure } from '../../domain/failure';
import type { Goal, GoalMode } from '../../domain/received-grant/goal';
import type { GrantSelection } from '../../domain/received-grant/grant-selection';

/** What the template could not be checked for, since a token may have become anything by now. */
export function checkReceivedGrantProperties({ Selection, Response, Removal }: ReceivedGrantProperties): void {
  const asked = 'Search for a received grant';
  if (Object.values(Selection).some((criterion) => criterion === '')) {
    throw new Failure(asked, 'a part of its selection is an empty text, and no grant fits that', 'leave out what is not known, or fill in the parameter that it comes from');
  }
  [Response.Reason, Removal.Reason].forEach((reason) => checkStatusReason(asked, reason));
}

export function selectionOf({ Selection: { GrantArn, LicenseArn, ProductSku, GrantorAccount } }: ReceivedGrantProperties): GrantSelection {
  return { grantArn: GrantArn, licenseArn: LicenseArn, productSku: ProductSku, grantorAccountId: GrantorAccount };
}

/** Whether these properties look for the grant where those looked for it. */
export function isSameSelection(properties: ReceivedGrantProperties, before: Partial<ReceivedGrantProperties>): boolean {
  return properties.HomeRegion === before.HomeRegion
    && (['GrantArn', 'LicenseArn', 'ProductSku', 'GrantorAccount'] as const).every((criterion) => properties.Selection[criterion] === before.Selection?.[criterion]);
}

const RESPONSES: Readonly<Record<ReceivedGrantResponseKind, GoalMode>> = {
  ACCEPT: 'ACCEPTED', ACTIVATE: 'ACTIVE', DEACTIVATE: 'DISABLED', REJECT: 'REJECTED',
};

export function responseGoal({ Response }: ReceivedGrantProperties, before?: Partial<ReceivedGrantProperties>): Goal {
  return { mode: RESPONSES[Response.Kind], override: Response.Override, previousOverride: before?.Response?.Override, reason: Response.Reason };
}

/**
 * What takes the response back. Nothing if whether the grant is active is not the stack's doing; that it was accepted or rejected is final.
 */
export function undoingGoal({ Response, Removal }: ReceivedGrantProperties, wasActive: boolean): Goal | undefined {
  const becomesActive = Response.Kind === 'ACTIVATE';
  if (Response.Kind === 'ACCEPT' || wasActive === becomesActive) {
    return undefined;
  }
  return wasActive ? { mode: 'ACTIVE' } : { mode: 'INACTIVE', reason: Removal.Reason };
}

const REMOVALS: Readonly<Record<ReceivedGrantRemovalKind, GoalMode | undefined>> = { DEACTIVATE: 'INACTIVE', REJECT: 'REJECTED', LEAVE: undefined };

/** Nothing if the grant is to be left as it is. */
export function removalGoal({ Removal }: ReceivedGrantProperties): Goal | undefined {
  const mode = REMOVALS[Removal.Kind];
  return mode && { mode, reason: Removal.Reason };
}
