import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { RENEWED_LICENSE } from '../../support/renewed-license';
import { STATE_MACHINE_ARN } from '../support/handed-over';
import { MEMBER_ROLE_ARN } from '../support/member-role';
import { PAYMENTS, SCANNER } from '../support/requests';

export type Properties = Partial<GrantProperties>;

export type Property = keyof GrantProperties;

/** A change of one property, as the two states that it leads from and to. Absent is what the property is by default. */
export interface Change {
  readonly from?: Properties;
  readonly to?: Properties;
  /** A grant has one license, one grantee and one home Region: other ones are another grant. */
  readonly replaces?: boolean;
}

/** Longer than what a grant needs takes here, shorter than the function's time. */
export const GRANT: GrantProperties = { ...PAYMENTS, SettleWithinSeconds: '20' } as GrantProperties;

/** In the sandbox one account has its own subscription to the product. */
export const TO_UNIT: Properties = { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-sandbox1' } };

const DISABLED: Properties = { Activation: { Mode: 'DISABLED' } };
const OVERRIDING: Properties = { Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } };
const KEEPING_OTHERS: Properties = { Activation: { Mode: 'ACTIVE', Override: 'DISTRIBUTED_GRANTS_ONLY' } };
const FOR_A_REASON: Properties = { Activation: { Mode: 'ACTIVE', Reason: 'audit' } };
const LEFT_TO_GRANTEE: Properties = { Activation: { Mode: 'BY_GRANTEE' } };
const ASSUMING_ROLE: Properties = { Acceptance: { Mode: 'ASSUMING_ROLE', RoleArn: MEMBER_ROLE_ARN } };
const ASSUMING_ROLE_WITH_ID: Properties = { Acceptance: { ...ASSUMING_ROLE.Acceptance!, ExternalId: 'payments' } };
const ACCEPTED_BY_GRANTEE: Properties = { Acceptance: { Mode: 'BY_GRANTEE' } };
const ACTIVATED_BY_GRANTEE: Properties = { ...LEFT_TO_GRANTEE, Acceptance: { Mode: 'AUTOMATIC' } };
const FEWER_OPERATIONS: Properties = { AllowedOperations: ['CheckoutLicense'] };
const TAGGED: Properties = { Tags: [{ Key: 'stage', Value: 'test' }, { Key: 'cost', Value: '1' }] };
const NAMED_IF_NEW: Properties = { GrantName: 'renamed', KeepsExistingName: 'true' };
const ADOPTING: Properties = { ExistingGrant: 'ADOPT' };
const DELETING: Properties = { Removal: 'DELETE' };
const DEACTIVATING: Properties = { Removal: 'DEACTIVATE' };
const LEAVING: Properties = { Removal: 'LEAVE' };
const EXPLAINED: Properties = { DeletionReason: 'contract ended' };
const IN_LESS_TIME: Properties = { SettleWithinSeconds: '15' };
const REPAIRED: Properties = { RepairTrigger: '2026-11-24' };
const AGAIN_IF_REJECTED: Properties = { RecreateIfRejected: 'true' };

/** The deployment waits for less than a grant takes. */
const IN_BACKGROUND = handedOver({ GiveUpAfterSeconds: '86400', AnswersCloudFormation: 'false' });
const IN_BACKGROUND_FOR_LONGER = handedOver({ GiveUpAfterSeconds: '172800', AnswersCloudFormation: 'false' });
/** A few passes, which is more than a grant needs. */
const REQUIRED = handedOver({ GiveUpAfterSeconds: '120', AnswersCloudFormation: 'true' });

/** What people choose when they create a grant. */
export const CREATIONS: Readonly<Record<string, Properties>> = {
  '': {},
  ', disabled': DISABLED,
  ', left to the grantee': LEFT_TO_GRANTEE,
  ', replacing others': OVERRIDING,
  ', accepting with a role': ASSUMING_ROLE,
  ', leaving the acceptance to the grantee': ACCEPTED_BY_GRANTEE,
  ', adopting': ADOPTING,
  ', again if rejected': AGAIN_IF_REJECTED,
};

/** The same, where a workflow goes on after the deployment or answers for it. */
export const CREATIONS_WITH_WORKFLOW: Readonly<Record<string, Properties>> = {
  ', going on in the background': IN_BACKGROUND,
  ', required': REQUIRED,
};

/**
 * A property that is added to the contract does not compile before it is here. What can be taken away or changed back has both directions. Where none
 * is the default, as between two licenses, names or grantees, one stands for both; and in a wrong home Region there never was a grant.
 */
export const CHANGES: Readonly<Record<Property, Readonly<Record<string, Change>>>> = {
  LicenseArn: {
    'to another product': { to: { LicenseArn: SCANNER }, replaces: true },
    'to the license after a renewal': { to: { LicenseArn: RENEWED_LICENSE }, replaces: true },
    'to the license after a renewal, replacing others': { from: OVERRIDING, to: { ...OVERRIDING, LicenseArn: RENEWED_LICENSE }, replaces: true },
    'to the license after a renewal, left to the grantee': { to: { ...LEFT_TO_GRANTEE, LicenseArn: RENEWED_LICENSE } },
  },
  HomeRegion: { 'to one that is not the home of the license': { to: { HomeRegion: 'eu-west-1' } } },
  Grantee: { 'to another account': { to: { Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } }, replaces: true } },
  GrantName: { 'to another name': { to: { GrantName: 'renamed' } } },
  KeepsExistingName: {
    'to a name for new grants alone': { to: NAMED_IF_NEW },
    'back to a name in any case': { from: NAMED_IF_NEW },
  },
  Activation: {
    'from active to disabled': { to: DISABLED },
    'from disabled to active': { from: DISABLED },
    'from active to left to the grantee': { to: LEFT_TO_GRANTEE },
    'from left to the grantee to active': { from: LEFT_TO_GRANTEE },
    'from disabled to left to the grantee': { from: DISABLED, to: LEFT_TO_GRANTEE },
    'from left to the grantee to disabled': { from: LEFT_TO_GRANTEE, to: DISABLED },
    'to replacing others': { to: OVERRIDING },
    'back to not replacing others': { from: OVERRIDING },
    'from replacing others to keeping them': { from: OVERRIDING, to: KEEPING_OTHERS },
    'from keeping others to replacing them': { from: KEEPING_OTHERS, to: OVERRIDING },
    'to a reason': { to: FOR_A_REASON },
    'back to no reason': { from: FOR_A_REASON },
  },
  Acceptance: {
    'to a role': { to: ASSUMING_ROLE },
    'to the external id of the role': { from: ASSUMING_ROLE, to: ASSUMING_ROLE_WITH_ID },
    'from a role with an external id back to License Manager': { from: ASSUMING_ROLE_WITH_ID },
    'to the grantee': { to: ACCEPTED_BY_GRANTEE },
    'from the grantee back to License Manager': { from: ACCEPTED_BY_GRANTEE },
    'to License Manager, the activation left to the grantee': { from: LEFT_TO_GRANTEE, to: ACTIVATED_BY_GRANTEE },
    'from License Manager back to the grantee, the activation left to the grantee': { from: ACTIVATED_BY_GRANTEE, to: LEFT_TO_GRANTEE },
  },
  AllowedOperations: {
    'to fewer': { to: FEWER_OPERATIONS },
    'back to what the license allows': { from: FEWER_OPERATIONS },
  },
  Tags: {
    'to some': { to: TAGGED },
    'to others, more and fewer': { from: TAGGED, to: { Tags: [{ Key: 'cost', Value: '2' }, { Key: 'team', Value: 'payments' }] } },
    'back to none': { from: TAGGED },
  },
  DeletionReason: { 'to a reason': { to: EXPLAINED } },
  SettleWithinSeconds: { 'to less time': { to: IN_LESS_TIME } },
  ExistingGrant: {
    'to adopting': { to: ADOPTING },
    'back to failing': { from: ADOPTING },
  },
  Removal: {
    'to deleting': { to: DELETING },
    'from deleting back to no choice': { from: DELETING },
    'to deactivating': { to: DEACTIVATING },
    'from deactivating back to no choice': { from: DEACTIVATING },
    'to leaving': { to: LEAVING },
    'from leaving to deactivating': { from: LEAVING, to: DEACTIVATING },
  },
  RecreateIfRejected: {
    'to again if rejected': { to: AGAIN_IF_REJECTED },
    'back to failing if rejected': { from: AGAIN_IF_REJECTED },
  },
  RepairTrigger: {
    'to a text': { to: REPAIRED },
    'back to none, and DeletionReason, SettleWithinSeconds and Removal with it': { from: { ...REPAIRED, ...EXPLAINED, ...IN_LESS_TIME, ...LEAVING } },
  },
  Workflow: {
    'to going on in the background': { to: IN_BACKGROUND },
    'from the background back to the deployment': { from: IN_BACKGROUND },
    'to going on for longer in the background': { from: IN_BACKGROUND, to: IN_BACKGROUND_FOR_LONGER },
    'to required': { to: REQUIRED },
    'from required back to the deployment': { from: REQUIRED },
    'from the background to required': { from: IN_BACKGROUND, to: REQUIRED },
    'from required to the background': { from: REQUIRED, to: IN_BACKGROUND },
  },
};

export const DELETIONS: Readonly<Record<string, Properties>> = {
  '': {},
  ', deleting in any case': DELETING,
  ', deactivating': DEACTIVATING,
  ', leaving': LEAVING,
};

/** What is different about a grant to many accounts. */
export const CHANGES_OF_UNITS: Readonly<Record<string, Change>> = {
  'of Grantee to a unit': { to: TO_UNIT, replaces: true },
  'of Grantee to an account': { from: TO_UNIT, replaces: true },
  'of a grant to a unit from active to disabled': betweenUnits({}, DISABLED),
  'of a grant to a unit from disabled to active': betweenUnits(DISABLED, {}),
  'of a grant to a unit to all accounts except one': betweenUnits({}, { Activation: { Mode: 'ACTIVE', Except: ['444444444444'] } }),
  'of a grant to a unit from all accounts except one to all': betweenUnits({ Activation: { Mode: 'ACTIVE', Except: ['444444444444'] } }, {}),
  'of a grant to a unit to one account only': betweenUnits({}, { Activation: { Mode: 'ACTIVE', Only: ['555555555555'] } }),
  'of a grant to a unit to failing on conflicts': betweenUnits({}, { Activation: { Mode: 'ACTIVE', OnConflict: 'FAIL' } }),
  'of a grant to a unit back to reporting conflicts': betweenUnits({ Activation: { Mode: 'ACTIVE', OnConflict: 'FAIL' } }, {}),
  'of a grant to a unit to adopting': betweenUnits({}, ADOPTING),
};

function betweenUnits(from: Properties, to: Properties): Change {
  return { from: { ...TO_UNIT, ...from }, to: { ...TO_UNIT, ...to } };
}

function handedOver(choice: { readonly GiveUpAfterSeconds: string; readonly AnswersCloudFormation: string }): Properties {
  return { SettleWithinSeconds: '1', Workflow: { StateMachineArn: STATE_MACHINE_ARN, ExecutionNamePrefix: 'LinuxForPayments', ...choice } };
}
