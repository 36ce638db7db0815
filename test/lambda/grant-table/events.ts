import { MEMBER_ROLE_ARN, STATE_MACHINE_ARN } from './grant-world';
import { foundByReplacement, knownAs, unknownTo } from './situations';
import type { Situation } from './situations';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { RENEWED_LICENSE } from '../../support/renewed-license';
import { PAYMENTS, SCANNER } from '../support/requests';

/** An event of CloudFormation, and everything that it can find. */
export interface GrantEvent {
  readonly title: string;
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly properties: GrantProperties;
  /** On an Update only. */
  readonly oldProperties?: GrantProperties;
  readonly situations: readonly Situation[];
}

type Properties = Partial<GrantProperties>;

type Property = keyof GrantProperties;

/** A change of one property, as the two states that it leads from and to. Absent is what the property is by default. */
interface Change {
  readonly from?: Properties;
  readonly to?: Properties;
  /** A grant has one license, one grantee and one home Region: other ones are another grant. */
  readonly replaces?: boolean;
}

/** Longer than what a grant needs takes here, shorter than the function's time. */
const GRANT: GrantProperties = { ...PAYMENTS, SettleWithinSeconds: '20' } as GrantProperties;

/** In the sandbox one account has its own subscription to the product. */
const TO_UNIT: Properties = { Grantee: { Kind: 'ORGANIZATIONAL_UNIT', Identifier: 'ou-ex01-sandbox1' } };

const OVERRIDING = { Activation: { Mode: 'ACTIVE', Override: 'ALL_GRANTS_PERMITTED_BY_ISSUER' } } as const;

const LEFT_TO_GRANTEE = { Activation: { Mode: 'BY_GRANTEE' } } as const;

const ASSUMING_ROLE: Properties = { Acceptance: { Mode: 'ASSUMING_ROLE', RoleArn: MEMBER_ROLE_ARN } };

/** The deployment waits for less than a grant takes. */
const IN_BACKGROUND: Properties = {
  SettleWithinSeconds: '1',
  Workflow: { StateMachineArn: STATE_MACHINE_ARN, ExecutionNamePrefix: 'LinuxForPayments', GiveUpAfterSeconds: '86400', AnswersCloudFormation: 'false' },
};

/** What people choose when they create a grant. */
const CREATIONS: Readonly<Record<string, Properties>> = {
  '': {},
  ', disabled': { Activation: { Mode: 'DISABLED' } },
  ', left to the grantee': { Activation: { Mode: 'BY_GRANTEE' } },
  ', replacing others': OVERRIDING,
  ', accepting with a role': ASSUMING_ROLE,
  ', leaving the acceptance to the grantee': { Acceptance: { Mode: 'BY_GRANTEE' } },
  ', going on in the background': IN_BACKGROUND,
  ', adopting': { ExistingGrant: 'ADOPT' },
  ', again if rejected': { RecreateIfRejected: 'true' },
};

/** A property that is added to the contract does not compile before it is here. */
const CHANGES: Readonly<Record<Property, Readonly<Record<string, Change>>>> = {
  LicenseArn: {
    'to another product': { to: { LicenseArn: SCANNER }, replaces: true },
    'to the license after a renewal': { to: { LicenseArn: RENEWED_LICENSE }, replaces: true },
    'to the license after a renewal, replacing others': { from: OVERRIDING, to: { ...OVERRIDING, LicenseArn: RENEWED_LICENSE }, replaces: true },
    'to the license after a renewal, left to the grantee': { to: { ...LEFT_TO_GRANTEE, LicenseArn: RENEWED_LICENSE } },
  },
  HomeRegion: { 'to one that is not the home of the license': { to: { HomeRegion: 'eu-west-1' } } },
  Grantee: { 'to another account': { to: { Grantee: { Kind: 'ACCOUNT', Identifier: '333333333333' } }, replaces: true } },
  GrantName: { 'to another name': { to: { GrantName: 'renamed' } } },
  KeepsExistingName: { 'to a name for new grants alone': { to: { GrantName: 'renamed', KeepsExistingName: 'true' } } },
  Activation: {
    'from active to disabled': { to: { Activation: { Mode: 'DISABLED' } } },
    'from disabled to active': { from: { Activation: { Mode: 'DISABLED' } } },
    'from active to left to the grantee': { to: LEFT_TO_GRANTEE },
    'to replacing others': { to: OVERRIDING },
    'to another reason': { to: { Activation: { Mode: 'ACTIVE', Reason: 'audit' } } },
  },
  Acceptance: {
    'to a role': { to: ASSUMING_ROLE },
    'to the grantee': { to: { Acceptance: { Mode: 'BY_GRANTEE' } } },
  },
  AllowedOperations: {
    'to fewer': { to: { AllowedOperations: ['CheckoutLicense'] } },
    'back to what the license allows': { from: { AllowedOperations: ['CheckoutLicense'] } },
  },
  Tags: { 'to others': { from: { Tags: [{ Key: 'stage', Value: 'test' }] }, to: { Tags: [{ Key: 'team', Value: 'payments' }] } } },
  DeletionReason: { 'to a reason': { to: { DeletionReason: 'contract ended' } } },
  SettleWithinSeconds: { 'to less time': { to: { SettleWithinSeconds: '15' } } },
  ExistingGrant: { 'to adopting': { to: { ExistingGrant: 'ADOPT' } } },
  Removal: { 'to leaving': { to: { Removal: 'LEAVE' } } },
  RecreateIfRejected: { 'to again if rejected': { to: { RecreateIfRejected: 'true' } } },
  RepairTrigger: { 'to another': { to: { RepairTrigger: '2' } } },
  Workflow: { 'to going on in the background': { to: IN_BACKGROUND } },
};

const DELETIONS: Readonly<Record<string, Properties>> = {
  '': {},
  ', deleting in any case': { Removal: 'DELETE' },
  ', deactivating': { Removal: 'DEACTIVATE' },
  ', leaving': { Removal: 'LEAVE' },
};

/** What is different about a grant to many accounts. */
const CHANGES_OF_UNITS: Readonly<Record<string, Change>> = {
  'of Grantee to a unit': { to: TO_UNIT, replaces: true },
  'of Grantee to an account': { from: TO_UNIT, replaces: true },
  'of a grant to a unit from active to disabled': { from: TO_UNIT, to: { ...TO_UNIT, Activation: { Mode: 'DISABLED' } } },
  'of a grant to a unit from disabled to active': { from: { ...TO_UNIT, Activation: { Mode: 'DISABLED' } }, to: TO_UNIT },
  'of a grant to a unit to all accounts except one': { from: TO_UNIT, to: { ...TO_UNIT, Activation: { Mode: 'ACTIVE', Except: ['444444444444'] } } },
  'of a grant to a unit to one account only': { from: TO_UNIT, to: { ...TO_UNIT, Activation: { Mode: 'ACTIVE', Only: ['555555555555'] } } },
  'of a grant to a unit to failing on conflicts': { from: TO_UNIT, to: { ...TO_UNIT, Activation: { Mode: 'ACTIVE', OnConflict: 'FAIL' } } },
  'of a grant to a unit to adopting': { from: TO_UNIT, to: { ...TO_UNIT, ExistingGrant: 'ADOPT' } },
};

export const CREATES = Object.entries(CREATIONS).map(([choice, chosen]) => create(choice, chosen));

/** Which grant it is. */
const OF_IDENTITY: readonly Property[] = ['LicenseArn', 'HomeRegion', 'Grantee'];
/** What License Manager keeps of it. */
const OF_THE_GRANT: readonly Property[] = ['GrantName', 'KeepsExistingName', 'Activation', 'Acceptance', 'AllowedOperations', 'Tags'];

export const UPDATES_OF_IDENTITY = updatesOf((property) => OF_IDENTITY.includes(property));

export const UPDATES_OF_THE_GRANT = updatesOf((property) => OF_THE_GRANT.includes(property));

/** What the handler alone knows of. */
export const UPDATES_OF_ITS_HANDLING = updatesOf((property) => !OF_IDENTITY.includes(property) && !OF_THE_GRANT.includes(property));

export const DELETES = Object.entries(DELETIONS).flatMap(([choice, chosen]) => remove(choice, chosen));

export const EVENTS_OF_UNITS = [
  ...['', ', disabled', ', adopting'].map((choice) => create(` of a grant to a unit${choice}`, { ...TO_UNIT, ...CREATIONS[choice] })),
  ...Object.entries(CHANGES_OF_UNITS).flatMap(([how, change]) => update(how, change)),
  ...Object.entries(DELETIONS).flatMap(([choice, chosen]) => remove(` of a grant to a unit${choice}`, { ...TO_UNIT, ...chosen })),
];

function updatesOf(isMeant: (property: Property) => boolean): GrantEvent[] {
  return Object.entries(CHANGES)
    .filter(([property]) => isMeant(property as Property))
    .flatMap(([property, changes]) => Object.entries(changes).flatMap(([how, change]) => update(`of ${property} ${how}`, change)));
}

function create(choice: string, chosen: Properties): GrantEvent {
  const properties = { ...GRANT, ...chosen };
  return { title: `Create${choice}`, type: 'Create', properties, situations: unknownTo('Create', properties) };
}

function update(how: string, { from, to, replaces = false }: Change): GrantEvent[] {
  const oldProperties = { ...GRANT, ...from };
  const properties = { ...GRANT, ...to };
  const event = { title: `Update ${how}`, type: 'Update', properties, oldProperties } as const;
  const ofBefore = { ...event, situations: knownAs(oldProperties) };
  return replaces
    ? [ofBefore, { ...event, title: `${event.title}, where a grant is there`, situations: foundByReplacement(properties, oldProperties) }]
    : [ofBefore];
}

function remove(choice: string, chosen: Properties): GrantEvent[] {
  const properties = { ...GRANT, ...chosen };
  return [
    { title: `Delete${choice}`, type: 'Delete', properties, situations: knownAs(properties) },
    { title: `Delete${choice} of what never answered`, type: 'Delete', properties, situations: unknownTo('Delete', properties) },
  ];
}
