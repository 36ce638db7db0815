import { CHANGES, CHANGES_OF_UNITS, CREATIONS, CREATIONS_WITH_WORKFLOW, DELETIONS, GRANT, TO_UNIT } from './changes';
import type { Change, Properties, Property } from './changes';
import { foundByReplacement, knownAs, unknownTo } from './situations';
import type { Situation } from './situations';
import type { GrantProperties } from '../../../lib/grant/grant-properties';

/** An event of CloudFormation, and everything that it can find. */
export interface GrantEvent {
  readonly title: string;
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly properties: GrantProperties;
  /** On an Update only. */
  readonly oldProperties?: GrantProperties;
  /** Whether it is about another grant from then on. Where the one before is no more, every Update makes a new one. */
  readonly replaces?: boolean;
  readonly situations: readonly Situation[];
}

/** Events that are read together. */
export interface EventFamily {
  readonly title: string;
  readonly events: readonly GrantEvent[];
}

/** Which grant it is. The first two mostly come to the same. */
const OF_IDENTITY: readonly (readonly Property[])[] = [['LicenseArn', 'Grantee'], ['HomeRegion']];
/** What License Manager keeps of it. */
const OF_THE_GRANT: readonly (readonly Property[])[] = [['GrantName', 'KeepsExistingName'], ['Activation'], ['Acceptance'], ['AllowedOperations'], ['Tags']];
/** What the handler alone knows of. */
const OF_ITS_HANDLING: readonly (readonly Property[])[] = [['ExistingGrant'], ['RecreateIfRejected'], propertiesOfLaterRequests()];

export const CREATES: readonly EventFamily[] = [{ title: 'Create', events: Object.entries(CREATIONS).map(([choice, chosen]) => create(choice, chosen)) }];

export const UPDATES_OF_IDENTITY = OF_IDENTITY.map(updatesOf);

export const UPDATES_OF_THE_GRANT = OF_THE_GRANT.map(updatesOf);

export const UPDATES_OF_ITS_HANDLING = OF_ITS_HANDLING.map(updatesOf);

export const EVENTS_WITH_WORKFLOW: readonly EventFamily[] = [
  { title: 'Create with a workflow', events: Object.entries(CREATIONS_WITH_WORKFLOW).map(([choice, chosen]) => create(choice, chosen)) },
  updatesOf(['Workflow']),
];

export const DELETES: readonly EventFamily[] = [
  { title: 'Delete', events: Object.entries(DELETIONS).map(([choice, chosen]) => remove(choice, chosen)) },
  { title: 'Delete of what never answered', events: Object.entries(DELETIONS).map(([choice, chosen]) => removeUnanswered(choice, chosen)) },
];

export const EVENTS_OF_UNITS: readonly EventFamily[] = [
  {
    title: 'Create of a grant to a unit',
    events: ['', ', disabled', ', adopting'].map((choice) => create(` of a grant to a unit${choice}`, { ...TO_UNIT, ...CREATIONS[choice] })),
  },
  { title: 'Update of a grant to a unit', events: Object.entries(CHANGES_OF_UNITS).flatMap(([how, change]) => update(how, change)) },
  {
    title: 'Delete of a grant to a unit',
    events: Object.entries(DELETIONS).flatMap(([choice, chosen]) => [remove, removeUnanswered].map((event) =>
      event(` of a grant to a unit${choice}`, { ...TO_UNIT, ...chosen }))),
  },
];

/** All others, so that none is forgotten: they say how long a request waits, and what becomes of the grant one day. */
function propertiesOfLaterRequests(): Property[] {
  const apart: readonly Property[] = [...OF_IDENTITY.flat(), ...OF_THE_GRANT.flat(), 'Workflow', 'ExistingGrant', 'RecreateIfRejected'];
  return (Object.keys(CHANGES) as Property[]).filter((property) => !apart.includes(property));
}

function updatesOf(properties: readonly Property[]): EventFamily {
  return {
    title: `Update of ${properties.join(', ')}`,
    events: properties.flatMap((property) => Object.entries(CHANGES[property]).flatMap(([how, change]) => update(`of ${property} ${how}`, change))),
  };
}

function create(choice: string, chosen: Properties): GrantEvent {
  const properties = { ...GRANT, ...chosen };
  return { title: `Create${choice}`, type: 'Create', properties, situations: unknownTo('Create', properties) };
}

function update(how: string, { from, to, replaces = false }: Change): GrantEvent[] {
  const oldProperties = { ...GRANT, ...from };
  const properties = { ...GRANT, ...to };
  const event = { title: `Update ${how}`, type: 'Update', properties, oldProperties, replaces } as const;
  const ofBefore = { ...event, situations: knownAs(oldProperties) };
  return replaces
    ? [ofBefore, { ...event, title: `${event.title}, where a grant is there`, situations: foundByReplacement(properties, oldProperties) }]
    : [ofBefore];
}

function remove(choice: string, chosen: Properties): GrantEvent {
  const properties = { ...GRANT, ...chosen };
  return { title: `Delete${choice}`, type: 'Delete', properties, situations: knownAs(properties) };
}

function removeUnanswered(choice: string, chosen: Properties): GrantEvent {
  const properties = { ...GRANT, ...chosen };
  return { title: `Delete${choice} of what never answered`, type: 'Delete', properties, situations: unknownTo('Delete', properties) };
}
